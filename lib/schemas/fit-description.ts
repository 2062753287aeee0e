import { AuthoringError } from '../errors/authoring-error.ts';
import { cutText } from '../text/cut-text.ts';

interface DescriptionLimit {
  /** The longest that the target takes, in UTF-16 units. */
  maximum: number;
  /** What the description is of, for the message of an error. */
  place: string;
}

/**
 * Joins a description and what has to be told besides. Where both are too long the description gives way, at the end of
 * a sentence or of a word; what has to be told never does.
 * @throws AuthoringError where that alone is too long
 */
export function fitDescription(
  description: string,
  told: string,
  { maximum, place }: DescriptionLimit,
): string {
  if (told.length > maximum) {
    throw new AuthoringError(
      `${place}: what its description has to tell takes ${told.length} characters of at most ${maximum}. Declare fewer or shorter values.`,
    );
  }
  const separator = description && told ? ' ' : '';
  const room = maximum - told.length - separator.length;
  if (description.length <= room) return description + separator + told;
  const start = beginning(description, room);
  return start ? start + separator + told : told;
}

// A sentence that is shorter than this share of the room leaves out too much.
const SENTENCES_SHARE = 1 / 2;

function beginning(text: string, room: number): string {
  const sentences = /^.*[.!?](?=\s)/su.exec(text.slice(0, room + 1))?.[0] ?? '';
  if (sentences.length >= room * SENTENCES_SHARE) return sentences;
  const words = /^.*\S(?=\s)/su.exec(text.slice(0, room))?.[0];
  return words ? `${words}…` : cutText(text, room);
}
