// Control characters except line feed and tab. A model will read the provider's text, and text that people cannot see
// may contain instructions for the model.
// https://www.unicode.org/reports/tr36/ describes such texts.
// https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point defines invisible characters.
const CONTROLS = /(?![\n\t])\p{Cc}/gu;
// Zero-width characters, bidirectional controls, fillers, and characters that can encode a hidden text: tags and the
// variation selectors 17 to 256.
const INVISIBLE =
  /[\p{Default_Ignorable_Code_Point}--[\u200c\u200d\p{Variation_Selector}]]|[\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gv;
const JOINERS_AND_SELECTORS = /(?<=(.)?)((?:\u200c|\u200d|\p{Variation_Selector})+)(?=(.)?)/gsu;
// Splits a run into the variation selector that belongs to the character before it, and the rest. Emoji and several
// scripts use a selector, a joiner, or both.
const SELECTOR_AND_REST = /^(\p{Variation_Selector}?)(.*)$/su;
// Most texts match this pattern and need no cleaning.
const PLAIN = /^[\n\t\x20-\x7e]*$/;
const ONE_JOINER = /^[\u200c\u200d]$/;
// The characters that accept each selector: https://www.unicode.org/Public/UCD/latest/ucd/StandardizedVariants.txt and
// https://www.unicode.org/Public/UCD/latest/ucd/emoji/emoji-variation-sequences.txt
const SELECTORS: readonly (readonly [selector: RegExp, base: RegExp])[] = [
  [/^[\ufe0e\ufe0f]$/, /^\p{Emoji}$/u],
  [
    /^[\ufe00-\ufe02]$/,
    /^[\p{Ideographic}\p{Sm}0\p{Script=Myanmar}\p{Script=Phags_Pa}\p{Script=Manichaean}]$/u,
  ],
  [/^[\u180b-\u180d\u180f]$/, /^\p{Script=Mongolian}$/u],
];
const JOINED = /^[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u;

/**
 * Removes invisible characters from a text. It keeps line feeds, tabs, joiners between letters or emoji, and variation
 * selectors after characters that support them.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .toWellFormed()
    .replace(CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(JOINERS_AND_SELECTORS, (_, before: string | undefined, run: string, after: string | undefined) =>
      keptOf(run, before ?? '', after ?? ''),
    );
}

/**
 * Returns those joiners and selectors of a run that change the look of the characters next to them. The others are
 * removed.
 */
function keptOf(run: string, before: string, after: string): string {
  const [, selector = '', rest = ''] = SELECTOR_AND_REST.exec(run) ?? [];
  const takesSelector = SELECTORS.some(([one, base]) => one.test(selector) && base.test(before));
  const keptSelector = takesSelector ? selector : '';
  const keptJoiner = ONE_JOINER.test(rest) && JOINED.test(before) && JOINED.test(after) ? rest : '';
  return keptSelector + keptJoiner;
}

const ELLIPSIS = '…';

/** Cuts a text to at most `maximum` UTF-16 units, including the ellipsis. A text is never cut inside a character. */
export function cutText(text: string, maximum: number): string {
  if (text.length <= maximum) return text;
  let end = maximum - ELLIPSIS.length;
  while (end > 0 && isLooseEnd(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(0, end) + ELLIPSIS;
}

/** Returns true for the first half of a character, and for a joiner, which joins two characters. */
function isLooseEnd(code: number): boolean {
  return (code >= 0xd800 && code <= 0xdbff) || code === 0x200c || code === 0x200d;
}
