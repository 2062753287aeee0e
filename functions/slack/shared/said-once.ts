// What stands in front of an item of a list; Slack writes it in one way in `text`, and leaves it out of `blocks`.
const LIST_MARK = /^[^\S\n]*(?:[•◦▪*-]|\d{1,4}\.|[a-z]{1,4}\.)[^\S\n]+/gm;
const MENTION = /<([@#!][^<>|]*)(?:\|[^<>]*)?>/g;
const LINK = /<([a-z]+:[^<>|]*)(?:\|([^<>]*))?>/gi;
const ENTITY = /&(?:amp|lt|gt);/g;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const CUT = /(?:…|\.\.\.)\s*$/;

/** A text as it is compared with others: its words, and the addresses of its links. */
interface Content {
  words: readonly string[];
  addresses: ReadonlySet<string>;
  /** The text itself, for one without words, such as `?!`. */
  trimmed: string;
}

// Each comparison takes as long as the longer text, and nobody writes more parts.
const COMPARISONS_MAX = 300;

/**
 * Returns a function that says whether all of a text stands in this one as well, marks and case aside. A link has to be
 * there too. After 300 comparisons the answer is no.
 * @param whole mrkdwn
 */
export function saidIn(whole: string): (part: string) => boolean {
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
  // The last word of a text that was cut may be cut as well.
  const isCut = inner.words.length > 1 && CUT.test(part);
  return hasRun(outer.words, isCut ? inner.words.slice(0, -1) : inner.words);
}

function contentOf(mrkdwn: string): Content {
  const addresses = new Set<string>();
  const text = mrkdwn
    // Of a date, the moment; its format differs.
    .replace(MENTION, (_, target: string) => ` ${target.split('^', 2).join(' ')} `)
    .replace(LINK, (_, address: string, label: string | undefined) => {
      addresses.add(address.replace(/\/$/, ''));
      return ` ${label || address} `;
    })
    .replace(ENTITY, ' ')
    .replace(LIST_MARK, ' ');
  return { words: text.toLowerCase().normalize('NFKC').match(WORD) ?? [], addresses, trimmed: mrkdwn.trim() };
}

/** Returns whether the words stand in a row, in time that grows with the sum of both (Knuth, Morris and Pratt). */
function hasRun(words: readonly string[], run: readonly string[]): boolean {
  // For each beginning of the run: how long the longest beginning is that also ends it.
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
