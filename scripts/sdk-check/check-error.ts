/** Why nothing could be checked, in one line for a person. */
export class CheckError extends Error {
  override readonly name = 'CheckError';
}
