import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';

/** The page that a list tool should return. */
export interface Page {
  /** The number of items to request from the provider. */
  size: number;
  /** The provider's token for the page; undefined for the first page. */
  cursor: string | undefined;
}

/** The result of a list tool's `run`. */
export interface ListResult<Item> {
  /** At most `page.size` items. If there are more, the next cursor returns them. */
  items: readonly Item[];
  /** The provider's token for the next page; absent, null or empty at the end. */
  next?: string | null | undefined;
}

/**
 * Turns a tool into a list. The runtime adds `max_results` and `cursor` to its input and pages its output. If an
 * output is too large, the runtime leaves out items from the end.
 */
export interface ListContract<Key extends string, Item extends z.ZodType> {
  /** The key of the items in the output, such as `messages`. */
  key: Key;
  /** The schema of an item; for an object, use `z.strictObject`. */
  item: Item;
  /** The number of items to return if the caller does not set one. */
  default: number;
  /** The maximum number of items that a caller may request. It must not exceed one page of the provider. */
  maximum: number;
}

/** The maximum length of a cursor, both in inputs and in outputs. */
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
      // This check does not appear in the schemas for agents. Agents do not need the limits, because they only send
      // back cursors that we returned.
      .refine(({ length }) => length >= 1 && length <= CURSOR_LENGTH_MAX, {
        error: 'must be the next_cursor of the previous answer',
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
