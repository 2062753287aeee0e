// The mark before an item of a list. Slack writes it in `text`, and leaves it out of `blocks`.
const LIST_MARK = /^[^\S\n]*(?:[•◦▪*-]|\d{1,4}\.|[a-z]{1,4}\.)[^\S\n]+/gm;
const MENTION = /<([@#!][^<>|]*)(?:\|[^<>]*)?>/g;
const LINK = /<([a-z]+:[^<>|]*)(?:\|([^<>]*))?>/gi;
const ENTITY = /&(?:amp|lt|gt);/g;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const CUT = /(?:…|\.\.\.)\s*$/;

/** The parts of a text that are compared with others: its words, and the addresses of its links. */
interface Content {
  words: readonly string[];
  addresses: ReadonlySet<string>;
  /** The text itself, because some have no words, such as `?!`. */
  trimmed: string;
}

// A comparison takes as long as the longer text is. Real messages have fewer parts.
const COMPARISONS_MAX = 300;

/**
 * Returns a function that says whether this text contains another one, apart from marks and case. It has to contain the
 * other's links, too. After 300 comparisons the answer is no.
 * @param whole mrkdwn
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
  // If a text was cut, its last word may be incomplete.
  const isCut = inner.words.length > 1 && CUT.test(part);
  return hasRun(outer.words, isCut ? inner.words.slice(0, -1) : inner.words);
}

function contentOf(mrkdwn: string): Content {
  const addresses = new Set<string>();
  const text = mrkdwn
    // A date is compared by its moment, because the format differs.
    .replace(MENTION, (_, target: string) => ` ${target.split('^', 2).join(' ')} `)
    .replace(LINK, (_, address: string, label: string | undefined) => {
      addresses.add(address.replace(/\/$/, ''));
      return ` ${label || address} `;
    })
    .replace(ENTITY, ' ')
    .replace(LIST_MARK, ' ');
  return { words: text.toLowerCase().normalize('NFKC').match(WORD) ?? [], addresses, trimmed: mrkdwn.trim() };
}

/** Returns whether the words contain this run of words, in linear time (Knuth, Morris and Pratt). */
function hasRun(words: readonly string[], run: readonly string[]): boolean {
  // For each prefix of the run: the length of its longest proper prefix that is also its suffix.
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
