// Text of a provider is data that a model will read: what a person cannot see in it may be an instruction.
// https://www.unicode.org/reports/tr36/ and, for what is invisible, https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
const CONTROLS = /(?![\n\t])\p{Cc}/gu;
// Zero-width and bidirectional characters, fillers, tags; and the selectors of the tags' plane, which spell as well as they do.
const INVISIBLE =
  /[\p{Default_Ignorable_Code_Point}--[\u200c\u200d\p{Variation_Selector}]]|[\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gv;
const JOINERS_AND_SELECTORS = /(?<=(.)?)((?:\u200c|\u200d|\p{Variation_Selector})+)(?=(.)?)/gsu;
// A selector after a character, a joiner, or both: as emoji and several scripts are written.
const SELECTOR_AND_REST = /^(\p{Variation_Selector}?)(.*)$/su;
// Most texts are, and need none of the expressions above.
const PLAIN = /^[\n\t\x20-\x7e]*$/;
const ONE_JOINER = /^[\u200c\u200d]$/;
const VISIBLE = /^\S$/u;
const JOINED = /^[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u;

/** Removes what is invisible in a text: control characters but line feed and tab, zero-width, bidirectional, tags. */
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

/** What stays of a run of joiners and selectors: only what shapes the characters around it. */
function keptOf(run: string, before: string, after: string): string {
  const [, selector = '', rest = ''] = SELECTOR_AND_REST.exec(run) ?? [];
  const keptSelector = VISIBLE.test(before) ? selector : '';
  const keptJoiner = ONE_JOINER.test(rest) && JOINED.test(before) && JOINED.test(after) ? rest : '';
  return keptSelector + keptJoiner;
}
