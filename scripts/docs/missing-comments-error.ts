/** What the package exports and nobody has described: a line with the file, the line and the name of each. */
export class MissingCommentsError extends Error {
  override readonly name = 'MissingCommentsError';

  constructor(places: readonly string[]) {
    super(`${places.map((place) => `${place} has no doc comment. Say what it is.`).join('\n')}`);
  }
}
