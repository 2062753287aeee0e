import type { Person } from '../providers/harbor-bikes.ts';

/** A task for an agent. `grade` checks at the emulated providers whether the agent did the task. */
export interface EvalTask {
  /** Begins with the name of its connector, for example `gmail_forward_with_file`. */
  name: string;
  /** The user's request to the agent. */
  prompt: string;
  /** The user, by default Ada. */
  user?: Person;
  /**
   * The tools that must be called and must write successfully. A tool that is listed twice must write twice. No other
   * tool may write.
   */
  writes?: readonly string[];
  /** Runs after the agent's final answer. Returns each condition, and whether it is true. */
  grade(run: EvalRun): Record<string, boolean> | Promise<Record<string, boolean>>;
  /** A transcript that does the task. */
  right: Transcript;
  /** A plausible transcript that does not do the task, and the faults that the grade must find in it. */
  wrong: Transcript & { faults: readonly string[] };
}

/** A run of an agent, from the user's request to the agent's final answer. */
export interface EvalRun {
  /** The last text of the agent. Empty if the agent did not finish. */
  answer: string;
  calls: readonly EvalCall[];
  /** Sends a GET to an emulated provider as the user and returns the JSON. Does not use Scalekit or a tool. */
  provider(connector: string, path: string): Promise<unknown>;
}

export interface EvalCall {
  tool: string;
  input: unknown;
  /**
   * The error code of the tool. If the tool was not called, the message of the error. Null after a success.
   */
  error: string | null;
}

/**
 * The calls and the final answer of a run. The placeholder `{{0.messages.1.id}}` stands for the value at the
 * path `messages.1.id` in the result of the first call. If a text consists only of a placeholder, the value
 * keeps its type.
 */
export interface Transcript {
  calls: readonly { tool: string; input: Readonly<Record<string, unknown>> }[];
  answer: string;
}

/** The fault of a run that writes more than the task says, or less. */
export const WRITES_FAULT = 'writes what the task says, and nothing else';

/** Returns the connectors that the transcripts of a task need. */
export function connectorsOf({ right, wrong }: EvalTask): string[] {
  return [...new Set([...right.calls, ...wrong.calls].map(({ tool }) => tool.replace(/_.*/, '')))];
}

/** Returns whether an answer contains all the texts. Ignores case, emphasis and thousands separators. */
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
