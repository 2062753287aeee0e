// The bullet or number before a list item. Slack writes it in `text`, but not in `blocks`.
const LIST_MARK = /^[^\S\n]*(?:[•◦▪*-]|\d{1,4}\.|[a-z]{1,4}\.)[^\S\n]+/gm;
const MENTION = /<([@#!][^<>|]*)(?:\|[^<>]*)?>/g;
const LINK = /<([a-z]+:[^<>|]*)(?:\|([^<>]*))?>/gi;
const ENTITY = /&(?:amp|lt|gt);/g;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const CUT = /(?:…|\.\.\.)\s*$/;

/** The parts of a text that are compared with another text: its words, and the URLs of its links. */
interface Content {
  words: readonly string[];
  addresses: ReadonlySet<string>;
  /** The entire text. It is compared if a text has no words, such as `?!`. */
  trimmed: string;
}

// Each comparison takes longer for a longer text, so the number of comparisons is limited. Real messages need
// fewer.
const COMPARISONS_MAX = 300;

/**
 * Returns a function that returns whether this text contains another text. Formatting and case are ignored, but this
 * text must also contain the links of the other text. After 300 comparisons, the function always returns false.
 * @param whole this text, as mrkdwn
 */
export function containedIn(whole: string): (part: string) => boolean {
  const outer = contentOf(whole);
  let comparisons = 0;
  return (part) => {
    comparisons += 1;
    return comparisons <= COMPARISONS_MAX && whole !== '' && isWithin(part, outer);
  };
}

function isWithin(part: string, outer: Content): boolean {
  const inner = contentOf(part);
  if ([...inner.addresses].some((address) => !outer.addresses.has(address))) return false;
  if (inner.words.length === 0) return outer.trimmed.includes(inner.trimmed);
  // If the text was cut, its last word may be incomplete, so the last word is not compared.
  const isCut = inner.words.length > 1 && CUT.test(part);
  return hasRun(outer.words, isCut ? inner.words.slice(0, -1) : inner.words);
}

function contentOf(mrkdwn: string): Content {
  const addresses = new Set<string>();
  const text = mrkdwn
    // Dates are compared by their time, because their formats can differ.
    .replace(MENTION, (_, target: string) => ` ${target.split('^', 2).join(' ')} `)
    .replace(LINK, (_, address: string, label: string | undefined) => {
      addresses.add(address.replace(/\/$/, ''));
      return ` ${label || address} `;
    })
    .replace(ENTITY, ' ')
    .replace(LIST_MARK, ' ');
  return { words: text.toLowerCase().normalize('NFKC').match(WORD) ?? [], addresses, trimmed: mrkdwn.trim() };
}

/**
 * Returns whether the words contain this sequence of words. The time is linear (algorithm of Knuth, Morris and Pratt).
 */
function hasRun(words: readonly string[], run: readonly string[]): boolean {
  // For each prefix of the sequence: the length of its longest proper prefix that is also its suffix.
  const borders = [0];
  const advance = (matched: number, word: string | undefined): number => {
    let length = matched;
    while (length > 0 && word !== run[length]) length = borders[length - 1] ?? 0;
    return word === run[length] ? length + 1 : length;
  };
  for (let index = 1; index < run.length; index += 1)
    borders.push(advance(borders[index - 1] ?? 0, run[index]));
  let matched = 0;
  return words.some((word) => {
    matched = advance(matched, word);
    return matched === run.length;
  });
}
