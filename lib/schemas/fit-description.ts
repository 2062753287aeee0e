import { AuthoringError } from '../errors/authoring-error.ts';
import { cutText } from '../text/cut-text.ts';

interface DescriptionLimit {
  /** The target's maximum length, in UTF-16 units. */
  maximum: number;
  /** The described thing, for error messages. */
  place: string;
}

/**
 * Joins a description and the text that must follow it. If both are too long, the description is cut at the end of a
 * sentence or a word; the text after it never is.
 * @throws AuthoringError if the text that must follow is too long itself
 */
export function fitDescription(
  description: string,
  told: string,
  { maximum, place }: DescriptionLimit,
): string {
  if (told.length > maximum) {
    throw new AuthoringError(
      `${place}: the constraints in its description take ${told.length} of at most ${maximum} characters. Declare fewer or shorter values.`,
    );
  }
  const separator = description && told ? ' ' : '';
  const room = maximum - told.length - separator.length;
  if (description.length <= room) return description + separator + told;
  const start = beginning(description, room);
  return start ? start + separator + told : told;
}

// Sentences shorter than this share of the room would leave out too much.
const SENTENCES_SHARE = 1 / 2;

function beginning(text: string, room: number): string {
  const sentences = /^.*[.!?](?=\s)/su.exec(text.slice(0, room + 1))?.[0] ?? '';
  if (sentences.length >= room * SENTENCES_SHARE) return sentences;
  const words = /^.*\S(?=\s)/su.exec(text.slice(0, room))?.[0];
  return words ? `${words}…` : cutText(text, room);
}
