/** The output or the error, which the form of a surface has as a text somewhere within; undefined where it has none. */
export function wrappedBody(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  if ('body' in answer && typeof answer.body === 'string') return answer.body;
  return Object.values(answer)
    .map(wrappedBody)
    .find((body) => body !== undefined);
}
