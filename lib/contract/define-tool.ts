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

/** The tool's effect on the provider's data. Retries, idempotency and confirmation depend on it. */
export type Effect = (typeof EFFECTS)[number];

/** The second argument of `run`. */
export interface RunContext {
  /** The provider's API, called as the user through Scalekit's proxy. */
  api: ProviderClient;
  /** Aborts when the time for the call is over. */
  signal: AbortSignal;
}

type Shape = Record<string, z.ZodType>;
type Fields<S extends Shape> = z.output<z.ZodObject<S>>;

// If a tool defines no input fields, its input has no keys. `Record<string, never>` would accept any key.
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

/** The argument of {@link defineTool}: the contract of a tool, and the function that implements it. */
interface ToolDefinition<I extends Shape, O extends Shape, Key extends string, Item extends z.ZodType> {
  /** The connector whose API the tool calls. */
  connector: Connector;
  /** `<connector>_<verb>_<object>`, lower snake case, at most 40 characters. */
  name: string;
  /** The tool's effect on the provider's data. */
  effect: Effect;
  /** True for a write that has no further effect if it is sent again. */
  idempotent?: boolean;
  /**
   * True if the agent should ask the user before each call. Use it if a call cannot be undone, sends data outside the
   * company, or notifies people immediately. Required for `create` and `update`; the default is true for `delete` and
   * false for `read`.
   */
  confirm?: boolean;
  /** The OAuth scopes that the tool needs at the provider. */
  scopes: readonly string[];
  /** The tool's purpose and when to use it. Models read this to choose a tool. */
  description: string;
  /**
   * The fields that the model fills in, each with a description. They must not contain the user, the connection or a
   * credential.
   */
  input?: I;
  /** The fields of the output. For a list, only the fields besides the items. */
  output?: O;
  /** Turns the tool into a list. The runtime adds the paging fields to its input and output. */
  list?: ListContract<Key, Item>;
  /** Example inputs as a model may send them, each with its output. The schemas for agents include them. */
  examples: readonly { input: Record<string, unknown>; output: Record<string, unknown> }[];
  /**
   * Calls the provider.
   * @param input the parsed input. For lists, also `page`, a {@link Page}
   * @returns the fields of `output`. For lists, also the fields of {@link ListResult}, with one page of items
   */
  run(input: RunInput<I, Key>, context: RunContext): Promise<RunResult<O, Key, Item>>;
}

/** The author must decide on confirmation, because a create or update may or may not need one. */
type DecidedConfirmation = { effect: 'read' | 'delete' } | { effect: 'create' | 'update'; confirm: boolean };

type AnyDefinition = ToolDefinition<Shape, Shape, string, z.ZodType>;

/** A contract and the function that implements it. */
export interface Tool<Input = unknown, Result = unknown, Answer = unknown> {
  /** The connector whose API the tool calls. */
  readonly connector: Connector;
  /** The tool's name for agents. */
  readonly name: string;
  /** The tool's effect on the provider's data. */
  readonly effect: Effect;
  /** True for a write that has no further effect if it is sent again. */
  readonly idempotent: boolean;
  /** True if an agent should ask the user before each call. */
  readonly confirm: boolean;
  /** The OAuth scopes that the tool needs at the provider. */
  readonly scopes: readonly string[];
  /** The tool's purpose and when to use it. Models read this to choose a tool. */
  readonly description: string;
  /** The schema of the input. For lists, it includes `max_results` and `cursor`. Unknown fields are rejected. */
  readonly input: z.ZodObject;
  /** The schema of the output. For lists, it includes `count`, `next_cursor` and `omitted`. */
  readonly output: z.ZodType<Answer>;
  /** The paging rules of a list; null for other tools. */
  readonly list: Readonly<ListContract<string, z.ZodType>> | null;
  /** Example inputs with their outputs. */
  readonly examples: readonly { input: Record<string, unknown>; output: Record<string, unknown> }[];
  /** Calls the provider. Only the runtime calls this, with the parsed input. */
  run(input: Input, context: RunContext): Promise<Result>;
}

/**
 * Defines a tool. Inputs with an unknown field are rejected. Outputs contain all declared fields and no others.
 * @returns the tool. Importing the tool's file reads no settings and sends no requests
 * @throws AuthoringError if the name, the effect or the list breaks the rules of contracts
 */
export function defineTool<
  I extends Shape = Record<never, never>,
  O extends Shape = Record<never, never>,
  Key extends string = never,
  Item extends z.ZodType = never,
>(
  definition: ToolDefinition<I, O, Key, Item> & DecidedConfirmation,
  // NoInfer: types come only from the definition, not from the code that uses the tool.
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

/** Checks at run time the rules that the compiler cannot check. */
function assertContract({ name, connector, effect, input = {}, output = {}, list }: AnyDefinition): void {
  // Some agents shorten long names or add a prefix to each name. A name within these limits stays unchanged.
  if (!TOOL_NAME.test(name) || name.length > TOOL_NAME_LENGTH_MAX || !name.startsWith(`${connector.name}_`)) {
    throw new AuthoringError(
      `The tool's name "${name}" must be ${connector.name}_<verb>_<object> in lower snake case, at most ${TOOL_NAME_LENGTH_MAX} characters.`,
    );
  }
  if (!EFFECTS.some((known) => known === effect)) {
    throw new AuthoringError(`The effect of ${name} must be one of ${EFFECTS.join(', ')}.`);
  }
  // Callers recognise an error by this key, so no output may have it.
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
    throw new AuthoringError(`${name} is a list and already has ${taken.join(', ')}. Leave it out.`);
}
