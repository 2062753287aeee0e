import type { Person } from '../providers/harbor-bikes.ts';

/** A task for an agent, and how to see from the emulated providers whether it was done. */
export interface EvalTask {
  /** Begins with its connector, such as `gmail_forward_with_file`. */
  name: string;
  /** The words of the user. */
  prompt: string;
  /** The user, by default Ada. */
  user?: Person;
  /** The tools that must write. A tool that is named twice must write twice. No other write may succeed. */
  writes?: readonly string[];
  /** Runs after the agent's answer. Returns the conditions, and for each whether it is true. */
  grade(run: EvalRun): Record<string, boolean> | Promise<Record<string, boolean>>;
  /** A run that does the task. */
  right: Transcript;
  /** A plausible run that does not, with the faults that the grade then finds. */
  wrong: Transcript & { faults: readonly string[] };
}

/** A run of an agent, from the request of the user to its answer. */
export interface EvalRun {
  /** The last text of the agent. Empty if it never came to an end. */
  answer: string;
  calls: readonly EvalCall[];
  /** Sends a GET to an emulated provider as the user, without Scalekit and without a tool, and returns the JSON. */
  provider(connector: string, path: string): Promise<unknown>;
}

export interface EvalCall {
  tool: string;
  input: unknown;
  /** The code of the error, or its message if the tool was never called. Null after a success. */
  error: string | null;
}

/**
 * The calls and the answer of a run. `{{0.messages.1.id}}` in a text stands for that value in the result of the first
 * call. A text with only such a placeholder becomes the value, with its type.
 */
export interface Transcript {
  calls: readonly { tool: string; input: Readonly<Record<string, unknown>> }[];
  answer: string;
}

/** The name of the fault if other things were written than the task says. */
export const WRITES_FAULT = 'writes what the task says, and nothing else';

/** Returns the connectors that the transcripts of a task need. */
export function connectorsOf({ right, wrong }: EvalTask): string[] {
  return [...new Set([...right.calls, ...wrong.calls].map(({ tool }) => tool.replace(/_.*/, '')))];
}

/** Returns whether an answer contains all texts. Case, emphasis and the commas of thousands do not count. */
export function says(answer: string, ...texts: readonly string[]): boolean {
  const plain = plainText(answer);
  return texts.every((text) => plain.includes(plainText(text)));
}

function plainText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[*`]/g, '')
    .replace(/(?<=\d),(?=\d{3}\b)/g, '');
}
