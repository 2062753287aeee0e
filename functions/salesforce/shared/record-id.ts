import { idInput, readInput } from 'scalekit-lambda-tools';

// Record IDs have 15 or 18 characters. The first three belong to the object.
const RECORD_ID = /^(?=.*\d)(?:[a-zA-Z0-9]{3}){5,6}$/;
// Matches paths such as /lightning/r/Account/001…/view, /lightning/r/001…/view, or /001… in the classic interface.
const IN_LINK =
  /^https:\/\/[^/\s]+\/(?:lightning\/r\/(?:\w+\/)?)?([a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?)(?:[/?#]|$)/;
const NAME_LENGTH_MAX = 255;

/** Returns whether a text looks like a record ID. */
export function isRecordId(text: string): boolean {
  return RECORD_ID.test(text);
}

/**
 * Returns the input for the ID of a record, or the URL of its page.
 * @param source the tool that returns such IDs, which the error message names
 */
export function recordIdInput(description: string, source: string) {
  return idInput(description, {
    pattern: RECORD_ID,
    expected: `must be a record ID of 15 or 18 letters and digits; ${source} gives it`,
  });
}

/** Returns the input for a record: its ID, the URL of its page, or its name. */
export function recordInput(description: string) {
  return readInput(description, idInLink, {
    pattern: /\S/,
    expected: `must be a record's ID, link or name, of at most ${NAME_LENGTH_MAX} characters`,
    maximum: NAME_LENGTH_MAX,
  });
}

/** Returns the record ID in a Salesforce URL, or the text unchanged if it is not such a URL. */
export function idInLink(text: string): string {
  return IN_LINK.exec(text)?.[1] ?? text;
}
