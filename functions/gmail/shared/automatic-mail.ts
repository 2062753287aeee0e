import { addressesIn, domainOf } from './addresses.ts';
import { isDeliveryReport, isReceipt } from './delivery-report.ts';
import { headerOf, headersOf, type Message } from './message.ts';

// Patterns for addresses whose mail no person reads.
const UNREAD_WORDS = [
  '(?:no|not|do[._-]?not|dont)[._-]?(?:reply|respond|answer)|no[._-]?responder|non[._-]?rispondere',
  'ne[._-]?pas[._-]?repondre|n[aã]o[._-]?respond(?:a|er)|(?:keine|geen)[._-]?antwo?ort?d?|nicht[._-]?antworten',
  '(?:inte|ikke)[._-]?svar(?:a|e)?|svara?[._-]?(?:inte|ikke|ej)|nie[._-]?odpowiada[cj]',
  'mailer-daemon|postmaster|bounces?|notif(?:y|ications?)|alerts?|newsletters?|robot|automailer|automated|auto[._-]?confirm',
].join('|');
const UNREAD_ADDRESS = new RegExp(
  `^(?:(?:[^@]{0,64}[._+-])?(?:${UNREAD_WORDS})(?:[._+-][^@]{0,64})?|microsoftexchange[0-9a-f]{32})@`,
  'i',
);
// Patterns for addresses from which shops, carriers and offices send notices. A message from such an address counts as
// a person's message if it was written in a mail program, is a reply, or asks a question.
const NOTICE_WORDS = [
  '(?:order|ship(?:ment|ping)?|delivery|dispatch|payment|booking|reservation|appointment|account|security)s?[._+-]?(?:updates?|confirm(?:ation)?s?|status|tracking|notices?|info)',
  'orders?|receipts?|invoices?|statements?|payments?|tracking|shipping|confirmations?|reminders?|updates?|system|automatic',
  '(?:bestell|versand|auftrags?|buchungs?|zahlungs?|lieferungs?)\\w{0,20}|rechnung(?:en|sversand|\\w{0,12})?|mahnung(?:en)?',
  'factur(?:e|es|a|as|ation|acion)|commandes?|pedidos?|recibos?|fatture?|ordini|bestelling(?:en)?|facturen|faktur(?:a|y)?|kvitto|kvittering|ordre',
].join('|');
const NOTICE_ADDRESS = new RegExp(`^(?:[^@]{0,64}[._+-])?(?:${NOTICE_WORDS})(?:[._+-][^@]{0,64})?@`, 'i');
// Both people and programs write from these addresses. A message from such an address needs an answer only if
// its text contains a request.
const SHARED_ADDRESS =
  /^(?:[^@]{0,64}[._+-])?(?:services?|info|support|accounts?|accounting|billing|permits?|tickets?|customer[._-]?(?:care|service)|kundenservice|buchhaltung|comptabilite)(?:[._+-][^@]{0,64})?@/i;
// A shorter text may be incomplete, so the message may need an answer even without a request.
const SHOWN_LENGTH_MIN = 40;
const QUESTION = /[?？؟]/;
const REQUEST =
  /(?<!\p{L})(?:please|kindly|let (?:me|us) know|could you|can you|would you|bitte|könn(?:en|ten) sie|merci de|veuillez|pourriez|por favor|podr(?:ía|ia|ías)|per favore|potrebbe|potresti|graag|kunt u|kun je|vänligen|proszę|пожалуйста|お願い|ください|请|請)/iu;
// The subjects of absence notes, in Outlook's languages. Some servers mark absence notes only by their subjects.
const ABSENCE_SUBJECT =
  /^\s*(?:auto(?:matic|mated)?[\s:-]{0,2}(?:reply|response|svar)|automatische antwort|abwesenheits?(?:notiz|meldung|assistent)|abwesend|out of (?:the )?office|réponse automatique|absence du bureau|respuesta automática|fuera de (?:la )?oficina|risposta automatica|fuori sede|automatisch antwoord|afwezig|resposta automática|autosvar|automatiskt? svar|automaattinen vastaus|automatyczna odpowiedź|odpowiedź automatyczna|automatická odpověď|автоматический ответ|автоответ|otomatik yanıt|自動応答|自動返信|自动(?:答复|回复)|자동 (?:회신|응답))/i;
const ANSWERED_INVITATION =
  /^\s*(?:accepted|declined|tentative(?:ly accepted)?|zugesagt|abgesagt|abgelehnt|mit vorbehalt|accepté|refusé|provisoire|aceptad[oa]|rechazad[oa]|provisional|accettato|rifiutato)[^:：]{0,20}[:：]/i;
const CALENDAR_SENDER = /^calendar-notification@google\.com$/i;
const TO_MANY_PRECEDENCE = /^\s*(?:bulk|list|junk)\b/i;
// https://www.rfc-editor.org/rfc/rfc2369 and https://www.rfc-editor.org/rfc/rfc2919
const LIST_HEADERS = [
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'List-Post',
  'Mailing-List',
  'X-Mailing-List',
  'X-Google-Group-Id',
  'X-Campaign',
  'X-CampaignID',
  'X-MC-User',
];
// Headers of services that send mail for programs, and of mail that Exchange itself writes. Such services
// also send the mail of web forms.
const SERVICE_HEADERS = [
  'Feedback-ID',
  'X-Auto-Response-Suppress',
  'X-SES-Outgoing',
  'X-SG-EID',
  'X-Mailgun-Sid',
  'X-PM-Message-Id',
  'X-Mandrill-User',
  'X-MSFBL',
  'X-MJ-Mid',
  'X-HS-Cid',
  'X-CSA-Complaints',
  'X-Email-Type-Id',
  'X-AMAZON-MAIL-RELAY-TYPE',
];
const AUTOMATIC_HEADERS = [
  'X-Autoreply',
  'X-Auto-Reply',
  'X-Autoreply-From',
  'X-Autorespond',
  'X-Mail-Autoreply',
];
// https://en.wikipedia.org/wiki/Variable_envelope_return_path
const VARIABLE_RETURN_PATH = /^<?(?:[^@]{0,200}[._+-])?bounces?[._+=-][^@]{0,200}@/i;
// Mail programs that people use write the name of the program into a header.
const MAIL_PROGRAM =
  /outlook|apple mail|(?:iphone|ipad) mail|thunderbird|mozilla|evolution|kmail|mutt|claws|roundcube|zimbra|k-9|yahoo|horde|sogo|the bat|mailmate|airmail|fastmail|proton|lotus|notes|groupwise/i;
const GMAIL_MESSAGE_ID = /@mail\.gmail\.com>?\s*$/i;
// Domains such as .co.uk, below which organisations register their names.
const SECOND_LEVEL = /\.(?:ac|co|com|edu|gob|go|gov|gv|ltd|me|mil|ne|net|nom|or|org|plc|sch)\.[a-z]{2}$/;
// Gmail's categories for mail that no person wrote to the user.
const TO_MANY_LABELS = ['CATEGORY_PROMOTIONS', 'CATEGORY_SOCIAL', 'CATEGORY_UPDATES', 'CATEGORY_FORUMS'];

/** The headers that the functions of this file read. */
export const AUTOMATIC_MAIL_HEADERS: readonly string[] = [
  'From',
  'Reply-To',
  'Sender',
  'Return-Path',
  'Subject',
  'Auto-Submitted',
  'Precedence',
  'Content-Type',
  'In-Reply-To',
  'Message-ID',
  'X-Mailer',
  'User-Agent',
  'Thread-Index',
  'X-Failed-Recipients',
  ...AUTOMATIC_HEADERS,
  ...LIST_HEADERS,
  ...SERVICE_HEADERS,
];

/** Returns whether the address is one whose mail no person reads, such as a no-reply address. */
export function isUnreadAddress(address: string): boolean {
  return UNREAD_ADDRESS.test(address);
}

/**
 * Returns whether a program wrote the message, such as an absence note or a delivery report.
 * https://www.rfc-editor.org/rfc/rfc3834
 */
export function isAutomatic(message: Message): boolean {
  const submitted = headerOf(message, 'Auto-Submitted') ?? 'no';
  const subject = headerOf(message, 'Subject') ?? '';
  const isAnswerOfCalendar =
    ANSWERED_INVITATION.test(subject) &&
    addressesIn(message, 'Sender').some((address) => CALENDAR_SENDER.test(address));
  return (
    !/^\s*no\b/i.test(submitted) ||
    AUTOMATIC_HEADERS.some((name) => headerOf(message, name) !== null) ||
    headerOf(message, 'Return-Path')?.trim() === '<>' ||
    /^\s*auto_reply\b/i.test(headerOf(message, 'Precedence') ?? '') ||
    message.payload.mimeType === 'multipart/report' ||
    ABSENCE_SUBJECT.test(subject) ||
    isAnswerOfCalendar ||
    isDeliveryReport(message) ||
    answeredAddresses(message).every(isUnreadAddress)
  );
}

/**
 * Returns whether the message is an automatic answer, such as an absence note or a confirmation with a ticket number.
 */
export function isAutomaticAnswer(message: Message): boolean {
  return (
    isAutomatic(message) && !isDeliveryReport(message) && !isReceipt(headerOf(message, 'Content-Type') ?? '')
  );
}

/**
 * Returns whether the message is a newsletter, mail on a mailing list, or a notice that a program sends to each
 * customer.
 */
export function isToMany(message: Message): boolean {
  return (
    TO_MANY_PRECEDENCE.test(headerOf(message, 'Precedence') ?? '') ||
    LIST_HEADERS.some((name) => headerOf(message, name) !== null) ||
    TO_MANY_LABELS.some((label) => message.labelIds.includes(label)) ||
    isNotice(message)
  );
}

/**
 * Returns whether a program sent the message as a notice. If Reply-To has the address of a person in another
 * organisation, that person wrote the message, for example in a web form.
 */
function isNotice(message: Message): boolean {
  if (isOfForm(message)) return false;
  return (
    SERVICE_HEADERS.some((name) => headerOf(message, name) !== null) ||
    VARIABLE_RETURN_PATH.test(headerOf(message, 'Return-Path') ?? '') ||
    (isOfNoticeAddress(message) && !isOfMailProgram(message))
  );
}

function isOfNoticeAddress(message: Message): boolean {
  const words = `${headerOf(message, 'Subject')} ${message.snippet}`;
  if (headerOf(message, 'In-Reply-To') !== null || QUESTION.test(words)) return false;
  return addressesIn(message, 'From').some(
    (address) =>
      NOTICE_ADDRESS.test(address) ||
      (SHARED_ADDRESS.test(address) && message.snippet.length >= SHOWN_LENGTH_MIN && !REQUEST.test(words)),
  );
}

function isOfForm(message: Message): boolean {
  const own = addressesIn(message, 'From').map(domainOf);
  return addressesIn(message, 'Reply-To').some(
    (address) =>
      !isUnreadAddress(address) && !own.some((domain) => isOfOneOrganisation(domain, domainOf(address))),
  );
}

/**
 * Returns whether two domains probably belong to one organisation. A list of all public suffixes would be
 * exact, but it would make the Lambda bundle a third larger.
 */
function isOfOneOrganisation(one: string, other: string): boolean {
  const organisationOf = (domain: string) =>
    domain
      .split('.')
      .slice(SECOND_LEVEL.test(domain) ? -3 : -2)
      .join('.');
  return organisationOf(one) === organisationOf(other);
}

function isOfMailProgram(message: Message): boolean {
  return (
    headerOf(message, 'Thread-Index') !== null ||
    GMAIL_MESSAGE_ID.test(headerOf(message, 'Message-ID') ?? '') ||
    ['X-Mailer', 'User-Agent'].some((name) =>
      headersOf(message, name).some((value) => MAIL_PROGRAM.test(value)),
    )
  );
}

function answeredAddresses(message: Message): string[] {
  return addressesIn(message, headerOf(message, 'Reply-To') ? 'Reply-To' : 'From');
}
