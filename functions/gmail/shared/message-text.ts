import { cleanText, htmlToText } from 'scalekit-lambda-tools';
import { contentTypeOf, decodeBody, hasUnknownCharset, isBodyCut, parameter } from './decode-body.ts';
import { isDeliveryReport } from './delivery-report.ts';
import { type Delivery, toDeliveries, withoutCopy } from './delivery-status.ts';
import { plainOfEnriched } from './enriched-text.ts';
import { type Invitation, toInvitation } from './invitation.ts';
import { headerOf, type Message, messageIdsIn, type Part, PartResponse, partHeadersOf } from './message.ts';
import {
  isCalendar,
  isDeliveryStatus,
  isOtherForm,
  isRichText,
  isShownAsText,
  type MimeNode,
  mimeTree,
} from './mime-tree.ts';
import { isSignature, type MailContext, withoutQuotation, wordsOf } from './quotations.ts';

/** The bodies that Gmail returns only by attachment ID. The key is the attachment ID. */
export type LoadedBodies = ReadonlyMap<string, string>;

/** The text of an e-mail, as a mail program shows it. */
export interface MessageText {
  text: string;
  /** True if a quotation or a signature was removed. */
  isShortened: boolean;
  /** The plain text, if its content differs from the HTML; otherwise empty. */
  otherText: string;
  invitation: Invitation | undefined;
  attachments: readonly Part[];
  /** One sentence for each part that was not read. */
  missing: readonly string[];
}

interface Block {
  text: string;
  html: string | undefined;
}

interface Content {
  blocks: readonly Block[];
  /** The plain text of parts that were not used because their HTML was read. */
  others: readonly string[];
  attachments: readonly Part[];
}

// Yahoo marks a quotation with a class instead of a `blockquote`. The prefix of the class differs between
// mails.
const QUOTE_WITHOUT_MARK = /yahoo_quoted/;
const QUOTE_BEGINS = /<blockquote|gmail_quote|yahoo_quoted|divRplyFwdMsg|border-top:\s{0,9}solid/i;
// Links are excluded, because they have their own colour.
const STYLED_TAG = /<(?!a\s)[a-z0-9]{1,20}\s[^<>]{1,1000}/gi;
const COLOR =
  /[\s;"'](?:color|background(?:-color)?)\s{0,9}[:=]\s{0,9}["']?(#[0-9a-f]{3,6}|rgba?\([\d\s.,%/]{5,40}\)|[a-z]{3,20})/gi;
const ANSWER_COLORS =
  /^(?:blue|red|green|purple|orange|navy|magenta|maroon|teal|crimson|darkblue|darkred|darkgreen|yellow|lime|aqua|cyan|fuchsia)$/i;
const COLOR_SPREAD_MIN = 0x60;
const QUOTE_CLASS =
  /yahoo_quoted|\b(?:gmail_quote|protonmail_quote|zmail_extra|moz-cite-prefix|moz-forward-container)\b/;
// In HTML, these attributes mark the beginning of a quoted or forwarded message.
const QUOTE_ID = /^(?:x_)?(?:divRplyFwdMsg|appendonsend)$/;
const QUOTE_BORDER = /border-top:\s{0,9}solid/i;
const SIGNATURE_CLASS = /\b(?:gmail_signature|gmail_signature_prefix|moz-signature)\b/;
const ENRICHED = /^text\/(enriched|richtext)$/;
const HTML_TAG = /<\/?(?:a|b|br|div|i|li|ol|p|span|strong|u|ul)\b[^<>]{0,2000}>/i;
const HEADER_LENGTH_MAX = 20_000;
// The people who may be quoted. `From` is not in this list, because people rarely quote their own mail.
const PEOPLE_HEADERS = ['To', 'Cc'];
// One different number is enough to return both texts, because it can be an amount, a time or a date. Numbers
// with one digit do not count, because they may only number the links of a list.
const NUMBER = /^\d{2,}$/;
// Character codes such as `&#39;`, and words for a picture such as `[image: Logo]`, occur only in the plain
// text. They are removed before the comparison with the HTML.
const NOT_SHOWN = /&#\d{1,6};|\[(?:image|cid):[^\][]{0,200}\]/g;
const OTHER_WORDS_MIN = 4;
const OTHER_SHARE_MIN = 0.2;
// The text mentions a reason if it contains this share of the words. A server adds a few words to the reason,
// such as the number of attempts.
const TOLD_SHARE_MIN = 0.7;
const INNER_PARTS_MAX = 10;
const NOT_LOADED = 'A part of the text could not be loaded.';
const TOO_LONG = 'A part of the text is too long to be read here.';
const UNKNOWN_CHARSET = 'Some letters of the text are wrong, because its charset is unknown.';
const IN_WINMAIL =
  'Files, and perhaps the text, are in winmail.dat, which only Outlook can read. Ask the sender for them in another form.';
// https://www.rfc-editor.org/rfc/rfc8551 and https://www.rfc-editor.org/rfc/rfc3156; the last type belongs to Microsoft
// Purview.
const ENCRYPTED_TYPE =
  /^(?:application\/(?:x-)?pkcs7-mime|multipart\/encrypted|application\/pgp-encrypted|application\/x-microsoft-rpmsg-message)/;
const ENCRYPTED_NAME = /^(?:smime\.p7m|encrypted\.asc|message\.rpmsg)$/i;
// https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxtnef
const OUTLOOK_TYPE = /^application\/(?:vnd\.)?ms-tnef/;
const OUTLOOK_NAME = /^winmail\.dat$/i;
// https://www.rfc-editor.org/rfc/rfc9580#section-6.2
const ARMOUR = /^-----BEGIN PGP MESSAGE-----\s*$/m;
const TOO_MANY_PARTS = 'The mail has too many parts, or they are nested too deep, to be read here.';
const RICH_TEXT = 'The text exists only as RTF, which cannot be read here. It is listed as an attachment.';
const ENCRYPTED = 'The mail is encrypted or signed in a form that cannot be read here.';

/**
 * Reads the text of an e-mail.
 * @param bodies the bodies that were read by attachment ID
 * @param mail data that helps to find the quotation; if it is null, all quotations remain
 */
export function readMessage(message: Message, bodies: LoadedBodies, mail: MailContext | null): MessageText {
  const { root, hasMore } = mimeTree(message.payload);
  const reading = new Reading(bodies);
  if (hasMore) reading.missing.add(TOO_MANY_PARTS);
  const { blocks, others, attachments } = reading.read(root);
  const shown = blocks.map((block) => {
    if (!mail) return { text: block.text, isCut: false };
    return isDeliveryReport(message) ? withoutCopy(block.text) : shorten(block, mail);
  });
  const own =
    joined(shown.map((block) => block.text)) || joined(picturesOf(blocks).map((block) => block.text));
  const text = joined([own, untold(reading.deliveries, own)]);
  if (text === '' && attachments.some(isRichText)) reading.missing.add(RICH_TEXT);
  const [invitation] = reading.invitations;
  const otherCount = (invitation?.otherCount ?? 0) + Math.max(0, distinctCount(reading.invitations) - 1);
  if (otherCount > 0) reading.missing.add(`More events in the calendar: ${otherCount}.`);
  const whole = text || (invitation ? descriptionOf(invitation) : '');
  return {
    text: whole,
    isShortened: shown.some(({ isCut }) => isCut),
    otherText: differs(joined(others), joined(blocks.map((block) => block.text))) ? joined(others) : '',
    invitation: invitation && withLink(invitation, whole),
    attachments,
    missing: [...reading.missing],
  };
}

/**
 * Adds the link of the online meeting to the place of the event, unless the text of the mail contains this
 * link.
 */
function withLink(invitation: Invitation, text: string): Invitation {
  const { link, place } = invitation;
  if (link === null || text.includes(link) || text.includes(URL.parse(link)?.href ?? link)) return invitation;
  return { ...invitation, place: [place, link].filter(Boolean).join(', ') };
}

/**
 * Returns the number of different invitations, because most mails contain an invitation twice: as a part, and as a
 * file.
 */
function distinctCount(invitations: readonly Invitation[]): number {
  return new Set(invitations.map(({ title, starts }) => `${title} ${starts}`)).size;
}

/** Returns the description of an event as plain text. In Google Calendar, a description can contain HTML. */
function descriptionOf({ description }: Invitation): string {
  return HTML_TAG.test(description)
    ? htmlToText(description.replaceAll('\n', '<br>'))
    : cleanText(description).trim();
}

/** Reads an e-mail from the tree of its parts. https://www.rfc-editor.org/rfc/rfc2046#section-5.1 */
class Reading {
  readonly missing = new Set<string>();
  readonly deliveries: Delivery[] = [];
  readonly #bodies: LoadedBodies;
  readonly invitations: Invitation[] = [];

  constructor(bodies: LoadedBodies) {
    this.#bodies = bodies;
  }

  read({ part, children }: MimeNode): Content {
    if (children.length === 0) return this.#readLeaf(part);
    const contents = children.map((child) => this.read(child));
    const attachments = contents.flatMap((content) => content.attachments);
    if (part.mimeType === 'multipart/alternative') return { ...chooseAlternative(contents), attachments };
    const head = part.mimeType.startsWith('message/') ? children.flatMap(headOf) : [];
    return {
      blocks: [...head, ...contents.flatMap(({ blocks }) => blocks)],
      others: contents.flatMap(({ others }) => others),
      attachments,
    };
  }

  #readLeaf(part: Part): Content {
    for (const unread of unreadIn(part)) this.missing.add(unread);
    if (isDeliveryStatus(part))
      this.deliveries.push(...this.#textsWithin(part).flatMap((report) => toDeliveries(report)));
    const isNeeded = isCalendar(part) && (this.invitations.length === 0 || this.#isLoaded(part));
    const invitation = isNeeded ? toInvitation(this.#contentOf(part)) : undefined;
    if (invitation) this.invitations.push(invitation);
    if (!isShownAsText(part)) {
      const attachments = holdsNothing(part) || isOtherForm(part) ? [] : [part];
      return { blocks: placeOf(part), others: [], attachments };
    }
    const content = this.#contentOf(part);
    if (ARMOUR.test(content)) this.missing.add(ENCRYPTED);
    if (part.mimeType !== 'text/html')
      return { blocks: [plainBlock(plainOf(part, content))], others: [], attachments: [] };
    return { blocks: [{ text: toText(content), html: content }], others: [], attachments: [] };
  }

  /**
   * Returns the texts of a part and of its inner parts, because Gmail may return the content as a separate inner part.
   */
  #textsWithin(part: Part): string[] {
    const inner = (part.parts ?? [])
      .slice(0, INNER_PARTS_MAX)
      .flatMap((given) => PartResponse.safeParse(given).data ?? []);
    return [part, ...inner].filter(({ body }) => body.size > 0).map((one) => this.#contentOf(one));
  }

  #isLoaded({ body: { data, attachmentId } }: Part): boolean {
    return data !== undefined || (attachmentId !== undefined && this.#bodies.has(attachmentId));
  }

  #contentOf(part: Part): string {
    const { data, attachmentId, size } = part.body;
    const given = data ?? (attachmentId === undefined ? undefined : this.#bodies.get(attachmentId));
    if (given === undefined) {
      if (attachmentId !== undefined || size > 0) this.missing.add(NOT_LOADED);
      return '';
    }
    if (isBodyCut(part, given)) this.missing.add(TOO_LONG);
    if (hasUnknownCharset(part, given)) this.missing.add(UNKNOWN_CHARSET);
    return decodeBody(part, given);
  }
}

function plainBlock(text: string): Block {
  return { text: cleanText(text), html: undefined };
}

function plainOf({ mimeType }: Part, content: string): string {
  const [, form] = ENRICHED.exec(mimeType) ?? [];
  return form === undefined ? content : plainOfEnriched(content, form === 'richtext');
}

/** Returns a line with the subject, the sender and the date of an e-mail in a digest. */
function headOf({ part }: MimeNode): Block[] {
  const [subject, from, date] = ['Subject', 'From', 'Date'].map((name) => partHeadersOf(part, name)[0]);
  const line = [subject, from && `from ${from}`, date].filter(Boolean).join(', ');
  return line === '' ? [] : [plainBlock(`[mail: ${line}]`)];
}

/**
 * Returns a line about the location of a part's content if that content is stored outside the mail:
 * https://www.rfc-editor.org/rfc/rfc2046#section-5.2.3
 */
function placeOf(part: Part): Block[] {
  if (part.mimeType !== 'message/external-body') return [];
  const place = contentTypeOf(part)
    .replace(/^[^;]*;?/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return [plainBlock(`[file that is elsewhere: ${place}]`)];
}

/** Returns the sentences for `missing` about a part whose type cannot be read. */
function unreadIn(part: Part): string[] {
  const { mimeType, filename } = part;
  const isEncrypted = ENCRYPTED_TYPE.test(mimeType) || ENCRYPTED_NAME.test(filename);
  const isOutlook = OUTLOOK_TYPE.test(mimeType) || OUTLOOK_NAME.test(filename);
  return [...(isEncrypted ? [ENCRYPTED] : []), ...(isOutlook ? [IN_WINMAIL] : []), ...pieceOf(part)];
}

/**
 * Returns a sentence for `missing` if the part is one piece of a mail that was sent in several pieces:
 * https://www.rfc-editor.org/rfc/rfc2046#section-5.2.2
 */
function pieceOf(part: Part): string[] {
  if (part.mimeType !== 'message/partial') return [];
  const [number = '?', total = '?'] = ['number', 'total'].map((name) => parameter(contentTypeOf(part), name));
  return [
    `This is piece ${number} of ${total} of a mail. The other pieces are separate mails, and only a mail program can join them.`,
  ];
}

/** Returns whether a part is an empty container, such as a message that was read without its body. */
function holdsNothing({ mimeType, filename, body }: Part): boolean {
  return filename === '' && (mimeType === '' || mimeType.startsWith('multipart/')) && body.size === 0;
}

/**
 * Chooses one of several alternative forms of a text: the last form whose HTML contains text. If there is no
 * such form, chooses the last form with text.
 */
function chooseAlternative(contents: readonly Content[]): Omit<Content, 'attachments'> {
  const hasHtml = ({ blocks }: Content) => blocks.some(({ html, text }) => html !== undefined && text !== '');
  const hasText = ({ blocks }: Content) => blocks.some(({ text }) => text.trim() !== '');
  const chosen = contents.findLast(hasHtml) ?? contents.findLast(hasText);
  if (!chosen) return { blocks: contents.flatMap(({ blocks }) => picturesOf(blocks)), others: [] };
  const plain = contents.filter((content) => content !== chosen && !hasHtml(content));
  return {
    blocks: chosen.blocks,
    others: hasHtml(chosen)
      ? [...chosen.others, ...plain.flatMap(({ blocks }) => blocks.map(({ text }) => text))]
      : chosen.others,
  };
}

/** Returns the texts in the `alt` attributes of pictures. Used if the HTML has no other text. */
function picturesOf(blocks: readonly Block[]): Block[] {
  return blocks.flatMap(({ html }) =>
    html === undefined ? [] : [{ text: htmlToText(html, { readsPictures: true }), html: undefined }],
  );
}

/** Converts HTML to text, and marks the quotations of all mail programs. */
function toText(html: string, options: Parameters<typeof htmlToText>[1] = {}): string {
  return htmlToText(html, {
    ...options,
    isQuote: (_, { class: classes = '' }) => QUOTE_WITHOUT_MARK.test(classes),
  });
}

/** Returns whether some text is coloured. People often use a colour when they answer inside a quotation. */
function hasColoredText(html: string): boolean {
  return (html.match(STYLED_TAG) ?? []).some((tag) =>
    [...tag.matchAll(COLOR)].some(([, color = '']) => ANSWER_COLORS.test(color) || isColorful(color)),
  );
}

/**
 * Returns whether a colour is clearly not a shade of grey.
 * @param color a CSS colour, such as `#00f` or `rgb(0, 0, 255)`
 */
function isColorful(color: string): boolean {
  const hex = color.length === 4 ? color.replace(/[0-9a-f]/gi, '$&$&') : color;
  const values = color.startsWith('#')
    ? (hex.match(/[0-9a-f]{2}/gi) ?? []).map((channel) => Number.parseInt(channel, 16))
    : (color.match(/\d{1,3}/g) ?? []).slice(0, 3).map(Number);
  return values.length === 3 && Math.max(...values) - Math.min(...values) > COLOR_SPREAD_MIN;
}

function joined(texts: readonly string[]): string {
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Returns whether the plain text contains words or numbers that the text of the HTML does not contain. */
function differs(plain: string, shown: string): boolean {
  const known = new Set(wordsOf(shown));
  const words = wordsOf(plain.replace(NOT_SHOWN, ' '));
  const others = words.filter((word) => !known.has(word));
  return (
    others.some((word) => NUMBER.test(word)) ||
    (others.length >= OTHER_WORDS_MIN && others.length >= words.length * OTHER_SHARE_MIN)
  );
}

/**
 * Returns one line for each delivery that the text does not mention. Many reports name the recipient and the
 * reason only in a machine-readable part.
 */
function untold(deliveries: readonly Delivery[], text: string): string {
  const known = new Set(wordsOf(text));
  const isTold = ({ recipient, reason }: Delivery) => {
    const words = wordsOf(reason);
    const told = words.filter((word) => known.has(word)).length;
    return text.includes(recipient) && told >= words.length * TOLD_SHARE_MIN;
  };
  return deliveries
    .filter((delivery) => !isTold(delivery))
    .map(({ recipient, status, reason }) => cleanText(`${recipient}: ${status}${reason && ` (${reason})`}`))
    .join('\n');
}

function shorten({ text, html }: Block, mail: MailContext): { text: string; isCut: boolean } {
  let own = text;
  let isCut = false;
  if (html !== undefined && SIGNATURE_CLASS.test(html)) {
    let isQuote = false;
    const withoutSignature = toText(html, {
      leavesOut(name, { class: classes = '', id = '', style = '' }) {
        isQuote ||=
          name === 'blockquote' || QUOTE_CLASS.test(classes) || QUOTE_ID.test(id) || QUOTE_BORDER.test(style);
        const leavesSignature = !isQuote && SIGNATURE_CLASS.test(classes);
        isCut ||= leavesSignature;
        return leavesSignature;
      },
    });
    isCut &&= withoutSignature !== '' && isSignature(linesWithout(text, withoutSignature));
    if (isCut) own = withoutSignature;
  }
  const hasAnswers = html !== undefined && hasColoredText(html.slice(Math.max(0, html.search(QUOTE_BEGINS))));
  // Text from HTML has no spaces at the end of a line, so its signature begins with `--` instead of `-- `.
  const signature = html !== undefined && SIGNATURE_CLASS.test(html) ? '--' : undefined;
  const quoted = withoutQuotation(own, { ...mail, mayHaveAnswers: hasAnswers }, signature);
  return { text: quoted.text, isCut: isCut || quoted.isCut };
}

/** Returns the lines of a text that do not occur in `part`, without empty lines. */
function linesWithout(text: string, part: string): string[] {
  const kept = new Map<string, number>();
  for (const line of part.split('\n')) kept.set(line, (kept.get(line) ?? 0) + 1);
  return text.split('\n').filter((line) => {
    const count = kept.get(line) ?? 0;
    kept.set(line, count - 1);
    return count <= 0 && line.trim() !== '';
  });
}

/** Returns a function that creates the context of a message in a thread. {@link readMessage} needs this context. */
export function mailContexts(
  thread: readonly Message[],
  bodies: LoadedBodies,
): (message: Message) => MailContext {
  const byMessageId = new Map(
    thread.map((message) => [messageIdsIn(headerOf(message, 'Message-ID')).at(0), message]),
  );
  const words = new Map<Message, ReadonlySet<string> | undefined>();
  const wordsOfMail = (mail: Message) => {
    const { text, missing } = readMessage(mail, bodies, null);
    return missing.length === 0 ? new Set(wordsOf(text)) : undefined;
  };
  return (message) => {
    const answered = answeredId(message);
    return {
      subject: headerOf(message, 'Subject') ?? '',
      hasParent: answered !== undefined,
      people: peopleOf(message),
      parentWords() {
        const parent = byMessageId.get(answered ?? '');
        if (!parent || parent === message) return undefined;
        if (!words.has(parent)) words.set(parent, wordsOfMail(parent));
        return words.get(parent);
      },
    };
  };
}

/** Returns the words in the names and addresses of the recipients. */
function peopleOf(message: Message): ReadonlySet<string> {
  const headers = PEOPLE_HEADERS.map((name) => headerOf(message, name)?.slice(0, HEADER_LENGTH_MAX) ?? '');
  return new Set(wordsOf(headers.join(' ')));
}

/** Returns the ID of the message that this message answers, according to its headers. */
function answeredId(message: Message): string | undefined {
  return ['In-Reply-To', 'References']
    .flatMap((name) => messageIdsIn(headerOf(message, name)).at(-1) ?? [])
    .at(0);
}
