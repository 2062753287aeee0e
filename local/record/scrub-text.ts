import { placeholderWord } from './fake-values.ts';
import type { Replacements } from './replacements.ts';
import type { Kind } from './scrub-rules.ts';
import { isSecretKey } from './secret-patterns.ts';

type Replace = (found: string, place: string, replacements: Replacements) => string;

const PUBLIC_HOST = /^(?:[\w-]+\.)*example\.com$/;
const EMAIL = /[\w.+%=~-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+/g;
const URL_TEXT = /\b[a-z][a-z\d+.-]*:\/\/[^\s<>"'`|\\^{}]+/gi;

const byKind =
  (kind: Kind): Replace =>
  (found, place, replacements) =>
    replacements.of(kind, found, place);

const scrubEmail: Replace = (found, place, replacements) =>
  PUBLIC_HOST.test(found.split('@')[1] ?? '') ? found : replacements.of('e-mail address', found, place);
const knownOf: Replace = (found, _, replacements) => replacements.get(found) ?? found;

/** What is replaced in every text, be it known or not, in this order. */
function patterns({ within }: Replacements): readonly (readonly [RegExp, Replace])[] {
  return [
    // First, since it has parts that are known by themselves.
    [URL_TEXT, scrubUrl],
    [EMAIL, scrubEmail],
    [within, knownOf],
    // https://docs.slack.dev/messaging/formatting-message-text
    [/(?<=<[@#!])[A-Z][A-Z\d]{6,}/g, byKind('ID')],
    [/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g, byKind('IP address')],
    [/(?<![\da-f:])(?:[\da-f]{1,4}:){5,7}[\da-f]{1,4}(?![\da-f:])/gi, byKind('IP address')],
    [/(?<![\w+])\+\d[\d ()./-]{6,}\d/g, byKind('phone number')],
  ];
}

// What a tool may look for in a text: tags, entities, operators of a search, times.
const MARKUP =
  /<\/?[a-z][a-z\d]*|<!--|&(?:#\d+|#x[\da-f]+|[a-z]{2,8});|\b(?:is|in|has|state|type|category|sort|order|older_than|newer_than):[\w-]+|\b(?:from|to|cc|bcc|subject|label|author|assignee|repo|org|user):|\d{4}-\d\d-\d\dT[\d:.]+Z?|<[@#!](?=[A-Z])/gi;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const WORD_ORDERS = 7;
// Short texts run out of them.
const WORD_ORDERS_MAX = 100;
const HEADER_LINE = /^([A-Za-z][A-Za-z-]{1,40}): /;

/** Replaces what is known or has a telling form, and leaves the rest: for what the code of a tool wrote. */
export function scrubKnown(text: string, place: string, replacements: Replacements): string {
  return inParts(text, patterns(replacements), place, replacements, (rest) => rest);
}

/** Replaces what is known, what has a telling form, and every other word; markup and spaces stay. */
export function scrubText(text: string, place: string, replacements: Replacements): string {
  const scrubWith = (word: (found: string) => string) =>
    inParts(text, [...patterns(replacements), [MARKUP, (found) => found]], place, replacements, (rest) =>
      rest.replace(WORD, word),
    );
  let wordCount = 0;
  const withItsWords = scrubWith((word) => {
    wordCount += 1;
    return word;
  });
  // An address alone is an address, whatever it stands under.
  if (wordCount === 0) return withItsWords;
  return replacements.of('text', text, place, (attempt) => {
    // The same words in another order are another text.
    let index = attempt;
    const scrubbed = scrubWith((word) => {
      index += 1 + Math.floor(attempt / WORD_ORDERS);
      return placeholderWord(word, index);
    });
    return attempt < WORD_ORDERS_MAX ? scrubbed : `${scrubbed}${attempt}`;
  });
}

/** Whether a text begins as an e-mail does, with lines of headers. */
export function isMime(text: string): boolean {
  const lines = text.split(/\r?\n/, 2);
  return lines.length === 2 && lines.every((line) => line === '' || HEADER_LINE.test(line));
}

/** The headers of an e-mail each by its name, and its body as text. */
export function scrubMime(
  text: string,
  scrubHeader: (value: string, name: string) => string,
  scrubBody: (body: string) => string,
): string {
  const [head = '', gap = '', ...body] = text.split(/(\r?\n\r?\n)/);
  const lines = head.split(/\r?\n(?![ \t])/).map((line) => {
    const name = HEADER_LINE.exec(line)?.[1];
    return name === undefined
      ? scrubBody(line)
      : `${name}: ${scrubHeader(line.slice(name.length + 2), name)}`;
  });
  return lines.join(gap.slice(0, gap.length / 2)) + gap + scrubBody(body.join(''));
}

/** A URL of the same form: another host, and other values of its parameters. */
export function scrubUrl(url: string, place: string, replacements: Replacements): string {
  const parsed = URL.parse(url);
  // Without a host there is nothing that a URL says and its text does not.
  if (!parsed || parsed.username || parsed.password || !parsed.host) return url;
  const host = PUBLIC_HOST.test(parsed.host) ? parsed.host : replacements.of('host', parsed.host, place);
  const path = parsed.pathname.split('/').map((segment) => scrubUrlSegment(segment, place, replacements));
  const query = [...parsed.searchParams].map(([name, value]): [string, string] => {
    const isPlain = PLAIN_VALUE.test(value) && !isSecretKey(name);
    return [
      name,
      replacements.get(value) ?? (isPlain ? value : replacements.of('URL parameter', value, place)),
    ];
  });
  const search = query.length === 0 ? '' : `?${new URLSearchParams(query)}`;
  const hash = parsed.hash === '' ? '' : `#${replacements.of('URL parameter', parsed.hash.slice(1), place)}`;
  return `${parsed.protocol}//${host}${path.join('/')}${search}${hash}`;
}

const PLAIN_VALUE = /^(?:\d{1,4}|[a-z_]{0,8})$/;
const PLAIN_SEGMENT = /^(?:[a-z_]{0,16}|v?\d{1,4}(?:\.\d)?)$/;

/** Of a URL that came in an answer: short words are the API's, whatever else there is may be a name. */
function scrubUrlSegment(encoded: string, place: string, replacements: Replacements): string {
  if (PLAIN_SEGMENT.test(encoded)) return replacements.get(encoded) ?? encoded;
  return encodeURIComponent(replacements.of('ID', decoded(encoded), place));
}

const ID_IN_PATH = /^(?=.*\d)[\w.~+=-]{8,}$/;

/** A segment of a path as it came, encoded; what looks like an ID is one, and the words of the API stay. */
function scrubSegment(encoded: string, place: string, replacements: Replacements): string {
  const segment = decoded(encoded);
  const known = replacements.get(segment);
  if (known !== undefined) return encodeURIComponent(known);
  if (ID_IN_PATH.test(segment) && !replacements.isReplacement(segment))
    return encodeURIComponent(replacements.of('ID', segment, place));
  const scrubbed = scrubKnown(segment, place, replacements);
  return scrubbed === segment ? encoded : encodeURIComponent(scrubbed);
}

/** A path of the provider's own API, such as that of the next page. */
export function scrubPath(path: string, place: string, replacements: Replacements): string {
  return path
    .split('/')
    .map((segment) => scrubSegment(segment, place, replacements))
    .join('/');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Gives every part of a text to the first pattern that finds it, and what none finds to `rest`. */
function inParts(
  text: string,
  patterns: readonly (readonly [RegExp, Replace])[],
  place: string,
  replacements: Replacements,
  rest: (part: string) => string,
): string {
  const [first, ...others] = patterns;
  if (!first) return rest(text);
  const [pattern, replace] = first;
  const between = (part: string) => inParts(part, others, place, replacements, rest);
  let end = 0;
  let scrubbed = '';
  for (const found of text.matchAll(pattern)) {
    scrubbed += between(text.slice(end, found.index)) + replace(found[0], place, replacements);
    end = found.index + found[0].length;
  }
  return scrubbed + between(text.slice(end));
}
