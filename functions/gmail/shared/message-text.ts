import { cleanText, htmlToText } from 'scalekit-lambda-tools';
import { decodeBody, isBodyCut } from './decode-body.ts';
import { type Delivery, toDeliveries } from './delivery-status.ts';
import { type Invitation, toInvitation } from './invitation.ts';
import { headerOf, type Message, type Part, PartResponse } from './message.ts';
import { isCalendar, isDeliveryStatus, isShownAsText, type MimeNode, mimeTree } from './mime-tree.ts';
import { type MailContext, withoutQuotation, wordsOf } from './quotations.ts';

/** The bodies that Gmail returns only by `attachmentId`, by that ID. */
export type LoadedBodies = ReadonlyMap<string, string>;

/** The text of an e-mail, as a mail program shows it. */
export interface MessageText {
  text: string;
  /** True if a quotation or a signature was cut. */
  isShortened: boolean;
  /** The plain text, if it says something that the HTML does not. */
  otherText: string;
  invitation: Invitation | undefined;
  attachments: readonly Part[];
  /** The parts that were not read. */
  missing: readonly string[];
}

interface Block {
  text: string;
  html: string | undefined;
}

interface Content {
  blocks: readonly Block[];
  /** The plain text of parts whose HTML is read instead. */
  others: readonly string[];
  attachments: readonly Part[];
}

// Yahoo marks quotations by a class, without a `blockquote`. Its prefix differs from mail to mail.
const QUOTE_WITHOUT_MARK = /yahoo_quoted/;
const QUOTE_BEGINS = /<blockquote|gmail_quote|yahoo_quoted|divRplyFwdMsg|border-top:\s{0,9}solid/i;
const COLOR =
  /<(?!a\s)[a-z0-9]{1,20}\s[^<>]{0,500}?[\s;"']color\s{0,9}[:=]\s{0,9}["']?(#[0-9a-f]{3,6}|[a-z]{3,20})/gi;
const ANSWER_COLORS =
  /^(?:blue|red|green|purple|orange|navy|magenta|maroon|teal|crimson|darkblue|darkred|darkgreen)$/i;
const COLOR_SPREAD_MIN = 0x60;
const QUOTE_CLASS = /yahoo_quoted|\b(?:gmail_quote|protonmail_quote|zmail_extra|moz-cite-prefix)\b/;
const SIGNATURE_CLASS = /\b(?:gmail_signature|gmail_signature_prefix|moz-signature)\b/;
const HTML_TAG = /<\/?(?:a|b|br|div|i|li|ol|p|span|strong|u|ul)\b[^<>]{0,2000}>/i;
const HEADER_LENGTH_MAX = 20_000;
const OTHER_WORDS_MIN = 4;
const OTHER_SHARE_MIN = 0.2;
// Programs add a few words, such as how often they tried.
const TOLD_SHARE_MIN = 0.7;
const INNER_PARTS_MAX = 10;
const NOT_LOADED = 'A part of the text could not be loaded.';
const TOO_LONG = 'A part of the text is too long to be read here.';
const TOO_MANY_PARTS = 'The mail has too many parts, or they are nested too deep, to be read here.';
const ENCRYPTED = 'The mail is encrypted or signed in a form that cannot be read here.';

/**
 * Reads an e-mail.
 * @param bodies the bodies that were loaded by ID
 * @param mail helps to cut quotations; null returns the text with all quotations
 */
export function readMessage(
  { payload }: Message,
  bodies: LoadedBodies,
  mail: MailContext | null,
): MessageText {
  const { root, hasMore } = mimeTree(payload);
  const reading = new Reading(bodies);
  if (hasMore) reading.missing.add(TOO_MANY_PARTS);
  const { blocks, others, attachments } = reading.read(root);
  const shown = mail
    ? blocks.map((block) => shorten(block, mail))
    : blocks.map(({ text }) => ({ text, isCut: false }));
  const own =
    joined(shown.map((block) => block.text)) || joined(picturesOf(blocks).map((block) => block.text));
  const text = joined([own, untold(reading.deliveries, own)]);
  const invitation = reading.invitation;
  return {
    text: text || (invitation ? descriptionOf(invitation) : ''),
    isShortened: shown.some(({ isCut }) => isCut),
    otherText: differs(joined(others), joined(blocks.map((block) => block.text))) ? joined(others) : '',
    invitation,
    attachments,
    missing: [...reading.missing],
  };
}

/** Returns the description as text. Google Calendar lets people write it in HTML. */
function descriptionOf({ description }: Invitation): string {
  return HTML_TAG.test(description)
    ? htmlToText(description.replaceAll('\n', '<br>'))
    : cleanText(description).trim();
}

/** Reads the tree of an e-mail's parts. https://www.rfc-editor.org/rfc/rfc2046#section-5.1 */
class Reading {
  readonly missing = new Set<string>();
  readonly deliveries: Delivery[] = [];
  readonly #bodies: LoadedBodies;
  invitation: Invitation | undefined;

  constructor(bodies: LoadedBodies) {
    this.#bodies = bodies;
  }

  read({ part, children }: MimeNode): Content {
    if (children.length === 0) return this.#readLeaf(part);
    const contents = children.map((child) => this.read(child));
    const attachments = contents.flatMap((content) => content.attachments);
    if (part.mimeType === 'multipart/alternative') return { ...chooseAlternative(contents), attachments };
    return {
      blocks: contents.flatMap(({ blocks }) => blocks),
      others: contents.flatMap(({ others }) => others),
      attachments,
    };
  }

  #readLeaf(part: Part): Content {
    if (
      /^application\/(?:x-)?pkcs7-mime|^multipart\/encrypted|^application\/pgp-encrypted/.test(part.mimeType)
    )
      this.missing.add(ENCRYPTED);
    if (isDeliveryStatus(part))
      this.deliveries.push(...this.#textsWithin(part).flatMap((report) => toDeliveries(report)));
    if (isCalendar(part)) this.invitation ??= toInvitation(this.#contentOf(part));
    if (!isShownAsText(part))
      return { blocks: [], others: [], attachments: holdsNothing(part) ? [] : [part] };
    const content = this.#contentOf(part);
    if (part.mimeType !== 'text/html')
      return { blocks: [{ text: cleanText(content), html: undefined }], others: [], attachments: [] };
    return { blocks: [{ text: toText(content), html: content }], others: [], attachments: [] };
  }

  /** Gmail may give what is in a part of a message as a part of its own. */
  #textsWithin(part: Part): string[] {
    const inner = (part.parts ?? [])
      .slice(0, INNER_PARTS_MAX)
      .flatMap((given) => PartResponse.safeParse(given).data ?? []);
    return [part, ...inner].filter(({ body }) => body.size > 0).map((one) => this.#contentOf(one));
  }

  #contentOf(part: Part): string {
    const { data, attachmentId, size } = part.body;
    const given = data ?? (attachmentId === undefined ? undefined : this.#bodies.get(attachmentId));
    if (given === undefined) {
      if (attachmentId !== undefined || size > 0) this.missing.add(NOT_LOADED);
      return '';
    }
    if (isBodyCut(part, given)) this.missing.add(TOO_LONG);
    return decodeBody(part, given);
  }
}

/** Returns whether a part is a container without parts, such as a message of which only headers were loaded. */
function holdsNothing({ mimeType, filename, body }: Part): boolean {
  return filename === '' && (mimeType === '' || mimeType.startsWith('multipart/')) && body.size === 0;
}

/** Chooses the last alternative with HTML that has text, or else the last one that has text. */
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

/** Returns the alternative texts of pictures, for HTML that has no other text. */
function picturesOf(blocks: readonly Block[]): Block[] {
  return blocks.flatMap(({ html }) =>
    html === undefined ? [] : [{ text: htmlToText(html, { readsPictures: true }), html: undefined }],
  );
}

/** Returns the text of HTML, with the quotations of all mail programs marked. */
function toText(html: string, options: Parameters<typeof htmlToText>[1] = {}): string {
  return htmlToText(html, {
    ...options,
    isQuote: (_, { class: classes = '' }) => QUOTE_WITHOUT_MARK.test(classes),
  });
}

/** Returns whether some text is coloured. People who answer within a quotation often use a colour. */
function hasColoredText(html: string): boolean {
  return [...html.matchAll(COLOR)].some(([, color = '']) => {
    const channels =
      (color.length === 4 ? color.replace(/[0-9a-f]/gi, '$&$&') : color).match(/[0-9a-f]{2}/gi) ?? [];
    const values = channels.map((hex) => Number.parseInt(hex, 16));
    return color.startsWith('#')
      ? Math.max(...values) - Math.min(...values) > COLOR_SPREAD_MIN
      : ANSWER_COLORS.test(color);
  });
}

function joined(texts: readonly string[]): string {
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Returns whether a plain text says something that the text of the HTML does not. */
function differs(plain: string, shown: string): boolean {
  const known = new Set(wordsOf(shown));
  const words = wordsOf(plain);
  const others = words.filter((word) => !known.has(word)).length;
  return others >= OTHER_WORDS_MIN && others >= words.length * OTHER_SHARE_MIN;
}

/** Reports of programs often say whom and why only in the part that is meant for programs. */
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
      leavesOut(_, { class: classes = '' }) {
        isQuote ||= QUOTE_CLASS.test(classes);
        const isSignature = !isQuote && SIGNATURE_CLASS.test(classes);
        isCut ||= isSignature;
        return isSignature;
      },
    });
    isCut &&= withoutSignature !== '';
    if (isCut) own = withoutSignature;
  }
  const hasAnswers = html !== undefined && hasColoredText(html.slice(Math.max(0, html.search(QUOTE_BEGINS))));
  // The text of HTML has no spaces at the end of lines.
  const signature = html !== undefined && SIGNATURE_CLASS.test(html) ? '--' : undefined;
  const quoted = withoutQuotation(own, { ...mail, mayHaveAnswers: hasAnswers }, signature);
  return { text: quoted.text, isCut: isCut || quoted.isCut };
}

/** Returns a function that makes the context of a message in a thread, for {@link readMessage}. */
export function mailContexts(
  thread: readonly Message[],
  bodies: LoadedBodies,
): (message: Message) => MailContext {
  const byMessageId = new Map(thread.map((message) => [headerOf(message, 'Message-ID')?.trim(), message]));
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
      parentWords() {
        const parent = byMessageId.get(answered ?? '');
        if (!parent || parent === message) return undefined;
        if (!words.has(parent)) words.set(parent, wordsOfMail(parent));
        return words.get(parent);
      },
    };
  };
}

/** Returns the ID of the message that a message answers, from its headers. */
function answeredId(message: Message): string | undefined {
  return [headerOf(message, 'In-Reply-To'), headerOf(message, 'References')]
    .flatMap(
      (value) =>
        value
          ?.slice(0, HEADER_LENGTH_MAX)
          .match(/<[^<>\s]{1,998}>/g)
          ?.at(-1) ?? [],
    )
    .at(0);
}
