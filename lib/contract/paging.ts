import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';

/** What a list tool is asked for: how many items, and where its last page ended. */
export interface Page {
  /** How many items to ask the provider for. */
  size: number;
  /** The provider's own token of the page; undefined for the first. */
  cursor: string | undefined;
}

/** What a list tool returns from `run`. */
export interface ListResult<Item> {
  /** At most `page.size` items; what is more is given with the next cursor. */
  items: readonly Item[];
  /** The provider's token of the page after this one; absent, null or empty at the end. */
  next?: string | null | undefined;
}

/**
 * What makes a tool a list: the runtime adds `max_results` and `cursor` to its input, pages its output, and leaves out
 * items from the end of an answer that would be too large.
 */
export interface ListContract<Key extends string, Item extends z.ZodType> {
  /** The key of the items in the output, such as `messages`. */
  key: Key;
  /** What each item is; an object is `z.strictObject`. */
  item: Item;
  /** How many items are given when the caller does not say. */
  default: number;
  /** How many may be asked for: at most what the provider gives in one page. */
  maximum: number;
}

/** What an input takes, and so what an output may give, in characters. */
export const CURSOR_LENGTH_MAX = 4_096;

export const PAGING_INPUT_KEYS = ['max_results', 'cursor'];

export function pagingInput(list: { default: number; maximum: number }) {
  return {
    max_results: z.int().min(1).max(list.maximum).optional().meta({
      default: list.default,
      description: 'How many items.',
    }),
    cursor: z
      .string()
      // Told to nobody: a caller does not make one.
      .refine(({ length }) => length >= 1 && length <= CURSOR_LENGTH_MAX, {
        error: 'must be next_cursor of the answer before',
      })
      .optional()
      .describe('next_cursor of the last answer; repeat the other inputs.'),
  };
}

export const pagingOutput = {
  count: z.int().min(0),
  next_cursor: z.string().nullable().describe('null at the end; else send it as cursor.'),
  omitted: z.int().min(0).describe('Items left out to fit; next_cursor begins with them.'),
};

/** The paging part of a list tool's parsed input. */
export const pagingRequest = lazily(() =>
  z.object({ max_results: z.int().optional(), cursor: z.string().optional() }),
);
