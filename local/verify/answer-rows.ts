import type { Tool } from '../../lib/contract/define-tool.ts';

type Scalar = string | number | boolean;

/** One object of a tool's output. Its values can be inputs of other tools. */
export interface AnswerRow {
  /** The tool that returned the object. */
  tool: string;
  /**
   * The singular name of the list that contains the object, for example `message` for the list `messages`.
   * Empty if the object is the entire output.
   */
  object: string;
  /** The fields of the object, and the input fields of the call that returned it. */
  values: ReadonlyMap<string, Scalar>;
}

// More items of one list would only lead to more calls.
const ROWS_PER_LIST_MAX = 3;

/** Returns the output, and every object in its lists, in order. */
export function answerRows(
  tool: Tool,
  input: Readonly<Record<string, unknown>>,
  output: unknown,
): AnswerRow[] {
  return [...rowsOf(output, '')];

  function* rowsOf(value: unknown, object: string): Generator<AnswerRow> {
    if (typeof value !== 'object' || value === null) return;
    yield { tool: tool.name, object, values: new Map([...scalarsOf(input), ...scalarsOf(value)]) };
    for (const [key, child] of Object.entries(value)) {
      const items: unknown[] = Array.isArray(child) ? child.slice(0, ROWS_PER_LIST_MAX) : [];
      for (const item of items) yield* rowsOf(item, key.replace(/s$/, ''));
    }
  }
}

function scalarsOf(value: object): [string, Scalar][] {
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    const isUsable =
      typeof child === 'number' || typeof child === 'boolean' || (typeof child === 'string' && child);
    return isUsable ? [[key, child]] : [];
  });
}
