import { Parser } from 'htmlparser2';
import { cleanText } from './clean-text.ts';
import { type ElementStyle, isReadable, ROOT_STYLE, StyleSheets } from './element-style.ts';
import { type ListStyle, TextLines } from './text-lines.ts';

// The maximum length that is read. It is far more than any output can contain.
const HTML_LENGTH_MAX = 500_000;
// At each end tag, the parser searches all open elements, so deep nesting is slow. At this depth, we continue with a
// new parser.
const DEPTH_MAX = 250;
const PIECE_LENGTH = 500;
const URL_LENGTH_MAX = 1_000;

const elements = (names: string) => new Set(names.split(' '));
// Elements in `LINES` start and end a line. Elements in `PARAGRAPHS` also have an empty line before and after them.
const LINES = elements(
  'address article center dd details div dl dt fieldset figcaption figure footer form header hr li main nav option section select summary tr',
);
const PARAGRAPHS = elements('h1 h2 h3 h4 h5 h6 p pre table');
const LISTS = elements('ol ul');
const CELLS = elements('td th');
// These elements never start a new line because of their style. Cells and rows remain in their table, and pictures
// have no text.
const NEVER_APART = elements('img tbody td th thead tr');
const LINK_PROTOCOLS = elements('http: https: mailto: tel: sms: webcal:');
// We mark crossed-out text, because a crossed-out price, for example, is the old price.
const STRUCK_MARK = '~~';
// Many programs send emoji as pictures. The limit of 20 characters is enough for a picture with one long emoji (ten
// characters) or with a few short emoji. We do not use the property RGI_Emoji, because Node.js needs up to 250 ms to
// compile it.
const EMOJI =
  /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|\p{Emoji_Modifier}|[0-9#*](?=\ufe0f?\u20e3)|\u20e3|\ufe0f|\u200d|[\u{e0020}-\u{e007f}]){1,20}$/u;
const LIST_STYLES: ReadonlyMap<string, ListStyle> = new Map([
  ['a', 'letters'],
  ['A', 'capitals'],
]);

type Attributes = Readonly<Record<string, string>>;

/** Options of {@link htmlToText}. */
export interface HtmlToTextOptions {
  /**
   * Returns true for an element that should be left out, including everything in it. Invisible elements are always
   * left out.
   */
  leavesOut?(name: string, attributes: Attributes): boolean;
  /** Returns true for an element that contains quoted text. A `blockquote` is always read as quoted text. */
  isQuote?(name: string, attributes: Attributes): boolean;
  /**
   * True to replace every picture by its alternative text. By default, only two kinds of pictures are replaced: emoji,
   * and the picture in a link without text.
   */
  readsPictures?: boolean;
}

/**
 * Returns the text that a person reads in HTML. The time is proportional to the length. Table rows become lines with a
 * tab between cells. List items begin with `-`, a number or a letter. Quoted lines begin with `>`. Crossed-out text is
 * between `~~`. A link is followed by its URL: `text <https://…>`. Text that its style hides is left out, as far as we
 * can detect this.
 * @param html the HTML; only its first 500,000 characters are read
 */
export function htmlToText(html: string, options: HtmlToTextOptions = {}): string {
  const reader = new HtmlReader(options);
  const end = Math.min(html.length, HTML_LENGTH_MAX);
  let parser = new Parser(reader);
  for (let at = 0; at < end && !reader.isLost; at += PIECE_LENGTH) {
    parser.write(html.slice(at, Math.min(end, at + PIECE_LENGTH)));
    if (reader.depth < DEPTH_MAX) continue;
    parser.end();
    parser = new Parser(reader);
  }
  parser.end();
  return tidy(reader.text());
}

/** Removes invisible characters, redundant spaces and redundant empty lines. */
function tidy(text: string): string {
  return cleanText(text)
    .split('\n')
    .map((line) =>
      line
        .replace(/ {2,}/g, ' ')
        .replace(/ ?\t ?/g, '\t')
        .replace(/^[ \t]+/, '')
        .trimEnd()
        .replaceAll('\u00a0', ' '),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

interface Link {
  url: string;
  start: number;
  alternative: string;
  hasPicture: boolean;
}

/** Handles the events of the HTML parser, and writes the visible text. */
class HtmlReader {
  readonly #options: HtmlToTextOptions;
  readonly #lines = new TextLines();
  readonly #sheets = new StyleSheets();
  readonly #styles: ElementStyle[] = [];
  readonly #quotes: boolean[] = [];
  #sheet: string[] | undefined;
  #link: Link | undefined;
  #lastUrl = '';
  #preformatted = 0;
  #superscripts = 0;
  #base: string | undefined;

  constructor(options: HtmlToTextOptions) {
    this.#options = options;
  }

  get depth(): number {
    return this.#styles.length;
  }

  /** True if the nesting is so deep that the reader no longer knows which text is hidden. */
  get isLost(): boolean {
    return this.depth >= DEPTH_MAX && this.#style.isGone;
  }

  text(): string {
    return this.#lines.text();
  }

  get #style(): ElementStyle {
    return this.#styles.at(-1) ?? ROOT_STYLE;
  }

  onopentag(name: string, attributes: Attributes): void {
    const parent = this.#style;
    if (name === 'style') this.#sheet = [];
    const isLeftOut = !parent.isGone && this.#options.leavesOut?.(name, attributes);
    const style = isLeftOut ? { ...parent, isGone: true } : this.#sheets.styleOf(name, attributes, parent);
    this.#styles.push(style);
    this.#quotes.push(
      !style.isGone && (name === 'blockquote' || this.#options.isQuote?.(name, attributes) === true),
    );
    if (style.isBlock && !NEVER_APART.has(name)) this.#lines.apart(1);
    if (style.isStruck && !parent.isStruck && isReadable(style)) this.#lines.openMark(STRUCK_MARK);
    if (!style.isGone) this.#open(name, attributes);
  }

  #open(name: string, attributes: Attributes): void {
    if (this.#quotes.at(-1)) this.#lines.openQuote();
    if (name === 'br') this.#lines.lineBreak();
    else if (name === 'a') this.#openLink(attributes.href ?? '');
    else if (name === 'img') this.#picture(attributes.alt ?? '');
    else if (name === 'tr') this.#lines.openRow();
    else if (CELLS.has(name)) this.#lines.openCell();
    else if (LISTS.has(name))
      this.#lines.openList(listStyle(name, attributes), Number(attributes.start ?? 1));
    else this.#setApart(name);
    this.#openRare(name, attributes);
  }

  #openRare(name: string, attributes: Attributes): void {
    if (name === 'area') this.#area(attributes);
    if (name === 'base') this.#base ??= attributes.href;
    if (name === 'li') this.#lines.openItem(Number(attributes.value ?? Number.NaN));
    if (name === 'pre') this.#preformatted += 1;
    if (name === 'table') this.#lines.openTable();
    if (name === 'sup') this.#superscripts += 1;
  }

  ontext(data: string): void {
    this.#sheet?.push(data);
    if (!isReadable(this.#style)) {
      // A space takes the place of the left-out text, to separate the words before and after it.
      if (!this.#style.isGone && /\s/.test(data)) this.#lines.words(' ');
      return;
    }
    const keepsLines = this.#preformatted > 0 || (this.#style.keepsLines && data.trim() !== '');
    if (keepsLines) this.#lines.preformatted(data);
    else this.#lines.words(this.#isExponent(data) ? `^${data}` : data);
  }

  onclosetag(name: string): void {
    const style = this.#styles.pop() ?? ROOT_STYLE;
    if (this.#quotes.pop()) this.#lines.closeQuote();
    if (name === 'style') {
      this.#sheets.add(this.#sheet?.join('') ?? '');
      this.#sheet = undefined;
    }
    if (style.isGone) return;
    if (style.isStruck && !this.#style.isStruck && isReadable(style)) this.#lines.closeMark(STRUCK_MARK);
    this.#close(name);
    if (style.isBlock && !NEVER_APART.has(name)) this.#lines.apart(1);
  }

  #close(name: string): void {
    if (name === 'sup') this.#superscripts -= 1;
    if (name === 'a') this.#closeLink();
    else if (name === 'tr') this.#lines.closeRow();
    else if (CELLS.has(name)) this.#lines.closeCell(name === 'th');
    else if (LISTS.has(name)) this.#lines.closeList();
    else this.#setApart(name);
    if (name === 'table') this.#lines.closeTable();
    if (name === 'pre') this.#preformatted -= 1;
  }

  /** True if the text needs the mark `^`. Without the mark, 10⁶ would become 106. */
  #isExponent(data: string): boolean {
    return this.#superscripts > 0 && /^\d/.test(data) && this.#lines.isAfterDigit;
  }

  /** Writes the link of an `area`, which is a clickable part of a picture. */
  #area({ href = '', alt = '' }: Attributes): void {
    this.#openLink(href);
    if (!this.#link) return;
    this.#lines.apart(1);
    this.#link.alternative = alt;
    this.#link.hasPicture = true;
    this.#closeLink();
    this.#lines.apart(1);
  }

  #setApart(name: string): void {
    if (PARAGRAPHS.has(name)) this.#lines.apart(2);
    else if (LINES.has(name)) this.#lines.apart(1);
  }

  #openLink(href: string): void {
    this.#closeLink();
    const url = webAddress(href, this.#base);
    if (url) this.#link = { url, start: this.#lines.position, alternative: '', hasPicture: false };
  }

  #closeLink(): void {
    const link = this.#link;
    this.#link = undefined;
    if (!link || !isReadable(this.#style)) return;
    const text = this.#lines.since(link.start).replace(/\s+/g, ' ').trim();
    if (text === '' && !link.hasPicture) return;
    if (text === '') this.#lines.words(link.alternative);
    const hasText = text !== '' || link.alternative.trim() !== '';
    if (!isSameAddress(text, link.url) && link.url !== this.#lastUrl)
      this.#lines.address(`<${link.url}>`, hasText);
    this.#lastUrl = link.url;
  }

  #picture(alternative: string): void {
    if (!isReadable(this.#style)) return;
    if (this.#options.readsPictures) this.#lines.words(` ${alternative} `);
    else if (EMOJI.test(alternative)) this.#lines.words(alternative);
    else if (this.#link) {
      this.#link.hasPicture = true;
      this.#link.alternative += ` ${alternative}`;
    }
  }
}

/** Returns the normalised URL of a link if a person can open it. Returns undefined for any other link. */
function webAddress(href: string, base: string | undefined): string | undefined {
  const address = href
    .trim()
    .replace(/^(?=\/\/)/, 'https:')
    .replace(/^(?=www\.)/i, 'http://');
  const url = URL.parse(address) ?? (base === undefined ? null : URL.parse(address, base));
  if (!url || !LINK_PROTOCOLS.has(url.protocol)) return undefined;
  return url.href.length <= URL_LENGTH_MAX ? url.href : `${url.origin}/…`;
}

function listStyle(name: string, { type = '' }: Attributes): ListStyle {
  return name === 'ul' ? 'bullets' : (LIST_STYLES.get(type) ?? 'numbers');
}

/** Returns true if a link's text is its URL. The text may lack the parts of a URL that people leave out. */
function isSameAddress(text: string, url: string): boolean {
  const short = (address: string) =>
    address.replace(/^(?:https?:\/\/(?:www\.)?|mailto:|tel:)/i, '').replace(/\/$/, '');
  return short(text).toLowerCase() === short(url).toLowerCase();
}
