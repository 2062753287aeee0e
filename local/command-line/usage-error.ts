/** The command line of a script is not valid. The message is for the person who called the script. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
