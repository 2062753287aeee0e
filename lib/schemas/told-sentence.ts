/** Joins the parts that a description lacks into a sentence of its own. */
export function toldSentence(description: string, parts: readonly string[]): string {
  const missing = parts.filter((part) => !says(description, part));
  const sentence = missing.join('; ');
  return sentence && `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** True if a text contains exactly these words, not only the beginning of a longer word or number. */
function says(text: string, words: string): boolean {
  const index = text.indexOf(words);
  if (index < 0) return false;
  const before = text.slice(0, index);
  const after = text.slice(index + words.length);
  return !/[\w.]$/.test(before) && !/^(\w|\.\d)/.test(after);
}
