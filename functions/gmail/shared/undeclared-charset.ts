// The most frequent letters of languages without Latin letters. `shareMin` is their smallest share in a text of
// the language.
const LANGUAGES: readonly [charset: string, letters: string, shareMin: number][] = [
  ['gbk', '的一是不了在人有我他这中大来上个国到说们为子和你地出会时要您请好谢没电', 0.1],
  ['big5', '的一是不了在人有我他這中大來上個國到說們為子和你地出會時要您請好謝沒電', 0.1],
  ['shift_jis', 'のにはをたがでてとしれさなるいすまうかりっお', 0.2],
  ['euc-jp', 'のにはをたがでてとしれさなるいすまうかりっお', 0.2],
  ['euc-kr', '이다는가을를의에하지고니요은로도한시', 0.15],
  ['windows-1251', 'оеаинтсрвл', 0.5],
  ['koi8-r', 'оеаинтсрвл', 0.5],
  ['iso-8859-5', 'оеаинтсрвл', 0.5],
  ['ibm866', 'оеаинтсрвл', 0.5],
  ['windows-1253', 'αοιετσνηρ', 0.5],
  ['windows-1255', 'יוהלאמתרנש', 0.5],
  ['windows-1256', 'اليمنوترب', 0.5],
  ['windows-874', 'านรอกเงมยลวด่้ีั', 0.5],
];
// The letters outside ASCII of languages with Latin letters. In other charsets, the same bytes are other letters.
const LATIN_LANGUAGES: readonly [letters: string, ...charsets: string[]][] = [
  ['áčďéěíňóřšťúůýžäľĺôŕ', 'windows-1250', 'iso-8859-2'],
  ['ąćęłńóśźż', 'windows-1250', 'iso-8859-2'],
  ['áéíóöőúüű', 'windows-1250', 'iso-8859-2'],
  ['ăâîşţ', 'windows-1250', 'iso-8859-2'],
  ['čćđšž', 'windows-1250', 'iso-8859-2'],
  ['çğıİöşüâîû', 'windows-1254'],
  ['ąčęėįšųūž', 'windows-1257'],
  ['āčēģīķļņšūž', 'windows-1257'],
];
const WESTERN_LANGUAGES =
  'äöüß àâæçéèêëîïôœùûü áéíñóúüçàèòï ãõáâàçéêíóôúü àèéìíîòóùú æøåäöéü áéíóúýþðæö äöåõüšž áéèëïíóöüúç âêîôûàèìòùáéíóú'.split(
    ' ',
  );
// These characters are in texts of all Western languages. In other charsets, some of them are letters.
const WESTERN_SIGNS = '¡¿ªº¹²³¼½¾×÷±µ·´¨¸¯¢£¥¤¶¬¦';
// These characters have the same bytes in most of the charsets.
const NEUTRAL = new Set('\u00a0„“”‚‘’«»‹›–—…•°€§©®™');
const LATIN_SHARE_MIN = 0.95;
// Another language than a Western one is chosen only if its share of the letters exceeds the share of the best Western
// language by this difference.
const LATIN_LEAD_MIN = 0.1;
const LATIN_COUNT_MIN = 3;
// Matches four consecutive bytes outside ASCII, unless all four are equal. Words in Latin letters have fewer
// consecutive accented letters. Equal bytes are probably a line of dashes.
const FOREIGN_WORD = /(?!(.)\1{3})[\x80-\xff]{4}/s;
const SAMPLE_BYTES = 4_000;
// A text needs at least this many frequent letters. An alphabet has few letters, so a short text in the wrong charset
// can contain frequent letters by chance.
const FREQUENT_MIN = { ofAlphabet: 8, ofOthers: 2 };
const ALPHABET_SIZE_MAX = 16;
const BAD_SHARE_MAX = 0.02;
// The best score must be at least this many times the second best score.
const LEAD_MIN = 1.5;

/**
 * Detects the charset of a text by the letters of its language.
 * @param bytes a text that is neither ASCII nor UTF-8
 * @returns undefined for a text in a Western language, or null if the charset is not certain
 */
export function foreignCharsetOf(bytes: Buffer): string | null | undefined {
  const latin = bytes.toString('latin1');
  const word = latin.search(FOREIGN_WORD);
  if (word < 0) return latinCharsetOf(bytes);
  // A character of several bytes may begin before the match, but never before the beginning of the line.
  const start = latin.lastIndexOf('\n', word) + 1;
  const sample = bytes.subarray(start, start + SAMPLE_BYTES);
  const [best, next] = LANGUAGES.map(([charset, letters, shareMin]) => ({
    charset,
    score: shareOf(letters, new TextDecoder(charset).decode(sample)) / shareMin,
  })).toSorted((one, other) => other.score - one.score);
  return best && best.score >= 1 && best.score >= (next?.score ?? 0) * LEAD_MIN
    ? best.charset
    : (latinCharsetOf(bytes) ?? null);
}

/** Returns the charset of a text in Latin letters, or undefined if a Western language is about as probable. */
function latinCharsetOf(bytes: Buffer): string | undefined {
  const start = Math.max(
    0,
    bytes.findIndex((byte) => byte >= 0x80),
  );
  const sample = bytes.subarray(start, start + SAMPLE_BYTES);
  const western = WESTERN_LANGUAGES.map((letters) => latinShare(letters + WESTERN_SIGNS, sample));
  const [best] = LATIN_LANGUAGES.flatMap(([letters, ...charsets]) =>
    charsets.map((charset) => ({ charset, share: latinShare(letters, sample, charset) })),
  ).toSorted((one, other) => other.share - one.share);
  const isCertain =
    best && best.share >= LATIN_SHARE_MIN && best.share >= Math.max(...western) + LATIN_LEAD_MIN;
  return isCertain ? best.charset : undefined;
}

/**
 * Returns the share of a language's letters among the characters outside ASCII, or 0 if the text has few such
 * letters.
 */
function latinShare(letters: string, sample: Buffer, charset = 'windows-1252'): number {
  const known = new Set(letters);
  const others = [...new TextDecoder(charset).decode(sample)].filter(
    (letter) => letter > '\x7f' && !NEUTRAL.has(letter),
  );
  const found = others.filter((letter) => known.has(letter) || known.has(letter.toLowerCase()));
  return found.length < LATIN_COUNT_MIN ? 0 : found.length / others.length;
}

/**
 * Returns the share of frequent letters among the characters outside ASCII. Returns 0 if there are too few
 * frequent letters or too many invalid characters.
 */
function shareOf(frequent: string, text: string): number {
  const known = new Set(frequent);
  let [count, frequentCount, badCount] = [0, 0, 0];
  for (const letter of text) {
    if (letter <= '\x7f') continue;
    count += 1;
    if (known.has(letter)) frequentCount += 1;
    // One invalid character is accepted, because the end of the sample may cut a character.
    else if (letter === '\ufffd') badCount += 1;
  }
  const isAlphabet = known.size <= ALPHABET_SIZE_MAX;
  return frequentCount < FREQUENT_MIN[isAlphabet ? 'ofAlphabet' : 'ofOthers'] ||
    badCount > 1 + count * BAD_SHARE_MAX
    ? 0
    : frequentCount / count;
}
