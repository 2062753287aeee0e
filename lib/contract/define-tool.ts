import * as z from 'zod';
import { AuthoringError } from '../errors/authoring-error.ts';
import type { ProviderClient } from '../provider/provider-client.ts';
import type { Connector } from './define-connector.ts';
import {
  type ListContract,
  type ListResult,
  PAGING_INPUT_KEYS,
  type Page,
  pagingInput,
  pagingOutput,
} from './paging.ts';

export const EFFECTS = ['read', 'create', 'update', 'delete'] as const;

/** What a tool does to the provider's data; it decides on retries, idempotency and confirmation. */
export type Effect = (typeof EFFECTS)[number];

/** What `run` may use besides its input. */
export interface RunContext {
  /** The provider's API, called as the user through Scalekit's proxy. */
  api: ProviderClient;
  /** Aborted when the time of the call is over. */
  signal: AbortSignal;
}

type Shape = Record<string, z.ZodType>;
type Fields<S extends Shape> = z.output<z.ZodObject<S>>;

// Without fields of its own an input has no key at all; `Record<string, never>` would let every name pass.
type OwnInput<I extends Shape> = [keyof I] extends [never] ? object : Fields<I>;
type RunInput<I extends Shape, Key extends string> = [Key] extends [never]
  ? OwnInput<I>
  : OwnInput<I> & { page: Page };
type RunResult<O extends Shape, Key extends string, Item extends z.ZodType> = [Key] extends [never]
  ? z.input<z.ZodObject<O>>
  : z.input<z.ZodObject<O>> & ListResult<z.input<Item>>;
type Output<O extends Shape, Key extends string, Item extends z.ZodType> = [Key] extends [never]
  ? Fields<O>
  : Fields<O> & Record<Key, z.output<Item>[]> & Fields<typeof pagingOutput>;

/** What {@link defineTool} takes: the contract of a tool, and the function that keeps it. */
interface ToolDefinition<I extends Shape, O extends Shape, Key extends string, Item extends z.ZodType> {
  /** Whose API the tool calls. */
  connector: Connector;
  /** `<connector>_<verb>_<object>`, lower snake case, at most 40 characters. */
  name: string;
  /** What the tool does to the provider's data. */
  effect: Effect;
  /** A write that changes nothing when it is sent again. */
  idempotent?: boolean;
  /**
   * Whether the user is asked before each call: true for what cannot be undone, leaves the company, or notifies people
   * at once. Required for `create` and `update`; the default is true for `delete` and false for `read`.
   */
  confirm?: boolean;
  /** The OAuth scopes that the tool needs at its provider. */
  scopes: readonly string[];
  /** What the tool does and when to use it, for the model that chooses it. */
  description: string;
  /** The fields that the model fills in, each with a description. Never the user, the connection or a credential. */
  input?: I;
  /** The fields of the answer; of a list, those besides the items. */
  output?: O;
  /** Makes the tool a list: the runtime adds the paging keys to its input and its output. */
  list?: ListContract<Key, Item>;
  /** Inputs as a model may send them, each with what the tool then gives; the schemas for agents show them. */
  examples: readonly { input: Record<string, unknown>; output: Record<string, unknown> }[];
  /**
   * Calls the provider.
   * @param input as the contract parsed it; of a list with `page`, a {@link Page}
   * @returns the fields of `output`; of a list also those of {@link ListResult}, with one page of items
   */
  run(input: RunInput<I, Key>, context: RunContext): Promise<RunResult<O, Key, Item>>;
}

/** The effect says nothing of these, so that their author decides. */
type DecidedConfirmation = { effect: 'read' | 'delete' } | { effect: 'create' | 'update'; confirm: boolean };

type AnyDefinition = ToolDefinition<Shape, Shape, string, z.ZodType>;

/** A contract and the function that keeps it. */
export interface Tool<Input = unknown, Result = unknown, Answer = unknown> {
  /** Whose API it calls. */
  readonly connector: Connector;
  /** What agents call it by. */
  readonly name: string;
  /** What it does to the provider's data. */
  readonly effect: Effect;
  /** Whether a write changes nothing when it is sent again. */
  readonly idempotent: boolean;
  /** Whether an agent asks the user before it runs. */
  readonly confirm: boolean;
  /** The OAuth scopes that it needs at its provider. */
  readonly scopes: readonly string[];
  /** What it does and when to use it, for the model that chooses it. */
  readonly description: string;
  /** What a caller may send, of a list with `max_results` and `cursor`; it refuses unknown keys. */
  readonly input: z.ZodObject;
  /** What it answers, of a list with `count`, `next_cursor` and `omitted`. */
  readonly output: z.ZodType<Answer>;
  /** What makes it a list; null where it is none. */
  readonly list: Readonly<ListContract<string, z.ZodType>> | null;
  /** Inputs with their outputs. */
  readonly examples: readonly { input: Record<string, unknown>; output: Record<string, unknown> }[];
  /** Calls the provider; only the runtime calls it, with an input that the contract parsed. */
  run(input: Input, context: RunContext): Promise<Result>;
}

/**
 * Defines a tool. Its input is refused when it holds an unknown key, its output holds every declared key and no other.
 * @returns the tool; importing its file reads no setting and sends nothing
 * @throws AuthoringError for a name, an effect or a list that breaks the rules of contracts
 */
export function defineTool<
  I extends Shape = Record<never, never>,
  O extends Shape = Record<never, never>,
  Key extends string = never,
  Item extends z.ZodType = never,
>(
  definition: ToolDefinition<I, O, Key, Item> & DecidedConfirmation,
  // NoInfer: types come from the definition alone, not from where the tool is used.
): NoInfer<Tool<RunInput<I, Key>, RunResult<O, Key, Item>, Output<O, Key, Item>>>;
export function defineTool(definition: AnyDefinition): Tool {
  assertContract(definition);
  const {
    idempotent = false,
    confirm = definition.effect === 'delete',
    input = {},
    output = {},
    list = null,
  } = definition;
  return {
    ...definition,
    idempotent,
    confirm,
    list,
    input: z.strictObject(list ? { ...input, ...pagingInput(list) } : input),
    output: z.strictObject(list ? { [list.key]: z.array(list.item), ...output, ...pagingOutput } : output),
  };
}

export const TOOL_NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/;
export const TOOL_NAME_LENGTH_MAX = 40;

/** What the compiler cannot see, or nobody compiled. */
function assertContract({ name, connector, effect, input = {}, output = {}, list }: AnyDefinition): void {
  // Agents cut and join names, so that a long or odd one is another one to them.
  if (!TOOL_NAME.test(name) || name.length > TOOL_NAME_LENGTH_MAX || !name.startsWith(`${connector.name}_`)) {
    throw new AuthoringError(
      `The tool's name "${name}" must be ${connector.name}_<verb>_<object> in lower snake case, at most ${TOOL_NAME_LENGTH_MAX} characters.`,
    );
  }
  if (!EFFECTS.some((known) => known === effect)) {
    throw new AuthoringError(`The effect of ${name} must be one of ${EFFECTS.join(', ')}.`);
  }
  // By this key callers tell an error from an output.
  if ('error' in output || list?.key === 'error') {
    throw new AuthoringError(
      `The output of ${name} may not have the key "error". Name it for what it holds.`,
    );
  }
  if (list) assertList(name, list, input, output);
}

function assertList(name: string, list: ListContract<string, z.ZodType>, input: Shape, output: Shape): void {
  if (!(list.default >= 1 && list.default <= list.maximum)) {
    throw new AuthoringError(`The default of ${name} must be from 1 to its maximum, ${list.maximum}.`);
  }
  const taken = [
    ...PAGING_INPUT_KEYS.filter((key) => key in input),
    ...[list.key, ...Object.keys(pagingOutput)].filter((key) => key in output),
  ];
  if (taken.length > 0)
    throw new AuthoringError(`${name} is a list, which has ${taken.join(', ')} already. Leave it out.`);
}
