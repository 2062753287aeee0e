import type { Tool } from '../contract/define-tool.ts';
import { AuthoringError } from '../errors/authoring-error.ts';
import { cutText } from '../text/clean-text.ts';

/** Returns a tool's display name, such as `Send message (slack)`. */
export function toolTitle({ name, connector }: Tool): string {
  const words = name.slice(connector.name.length + 1).replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} (${connector.name})`;
}

const CONFIRMATION = 'Ask the user for confirmation before calling this tool.';

/**
 * Returns the sentence that asks for confirmation. It is part of the description on surfaces that have no field for
 * confirmation.
 */
export function confirmationSentence({ confirm }: Tool): string {
  return confirm ? CONFIRMATION : '';
}

interface DescriptionLimit {
  /** The target's maximum length, in UTF-16 units. */
  maximum: number;
  /** The name of the description in error messages. */
  place: string;
}

/**
 * Joins a description and the suffix that must follow it. If both together are too long, the description is cut at the
 * end of a sentence or a word. The suffix is never cut.
 * @throws AuthoringError if even the suffix is too long
 */
export function fitDescription(
  description: string,
  suffix: string,
  { maximum, place }: DescriptionLimit,
): string {
  if (suffix.length > maximum) {
    throw new AuthoringError(
      `${place}: the constraints in its description take ${suffix.length} of at most ${maximum} characters. Declare fewer or shorter values.`,
    );
  }
  const separator = description && suffix ? ' ' : '';
  const room = maximum - suffix.length - separator.length;
  if (description.length <= room) return description + separator + suffix;
  const start = beginning(description, room);
  return start ? start + separator + suffix : suffix;
}

// We prefer to cut after a sentence. But if the sentences fill less than this share of the space, we cut after a word.
const SENTENCES_SHARE = 1 / 2;

function beginning(text: string, room: number): string {
  const sentences = /^.*[.!?](?=\s)/su.exec(text.slice(0, room + 1))?.[0] ?? '';
  if (sentences.length >= room * SENTENCES_SHARE) return sentences;
  const words = /^.*\S(?=\s)/su.exec(text.slice(0, room))?.[0];
  return words ? `${words}…` : cutText(text, room);
}

/** Returns a sentence with those parts that the description does not contain yet. */
export function additionalSentence(description: string, parts: readonly string[]): string {
  const missing = parts.filter((part) => !says(description, part));
  const sentence = missing.join('; ');
  return sentence && `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** Returns true if a text contains exactly these words. The beginning of a longer word or number does not count. */
function says(text: string, words: string): boolean {
  const index = text.indexOf(words);
  if (index < 0) return false;
  const before = text.slice(0, index);
  const after = text.slice(index + words.length);
  return !/[\w.]$/.test(before) && !/^(\w|\.\d)/.test(after);
}
