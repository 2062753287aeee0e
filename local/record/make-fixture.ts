import * as z from 'zod';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { ToolError } from '../../lib/errors/tool-error.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { Exchange, Fixture, Json, RecordedCall } from '../testing/fixture-schema.ts';
import { type Replay, ReplayError, replayFixture, startReplay } from '../testing/replay-fixture.ts';
import { MadeUpValues } from './made-up-values.ts';
import { shapeAnswer, shapeJson } from './shape-exchange.ts';
import type { SourceWords } from './source-words.ts';

/** A recorded use of a tool. It contains the user's real data. */
export interface Recording {
  tool: Tool;
  /** The input of the first call, without a cursor. */
  input: Record<string, Json>;
  exchanges: readonly Exchange[];
  /**
   * The error code of each call, or null for a success. Every call after the first reads the next page of the
   * list.
   */
  codes: readonly (string | null)[];
}

const Output = z.record(z.string(), z.json());
const WithCursor = z.object({ next_cursor: z.string() });

/**
 * Makes a fixture that has the shape of a recording, but none of its data. The input and the responses are
 * made up, and the tool runs with them. The fixture contains the requests and results of this run.
 * @throws UsageError if this run ends differently than the recording, for example with another error
 */
export async function makeFixture(recording: Recording, words: SourceWords): Promise<Fixture> {
  const { tool, codes } = recording;
  if (recording.exchanges.length === 0)
    throw new UsageError('There was no request to the provider. No fixture was written.');
  const values = new MadeUpValues(words);
  const firstInput = madeUpInput(recording, values);
  const exchanges: Exchange[] = [];
  const unrecorded: string[] = [];
  const left = recording.exchanges.map(({ request, answer }) => ({
    traits: traitsOf(request, values, true),
    answer: shapeAnswer(answer, values),
  }));
  const replay = await startReplay(tool.connector.name, (request) => {
    const asked = traitsOf(request, values, false);
    const [nearest] = left
      .filter(({ traits }) => traits.endpoint === asked.endpoint)
      .sort((one, other) => similarity(other.traits, asked) - similarity(one.traits, asked));
    if (!nearest) {
      unrecorded.push(asked.endpoint);
      return undefined;
    }
    left.splice(left.indexOf(nearest), 1);
    exchanges.push({ request, answer: nearest.answer });
    return nearest.answer;
  });
  const calls: RecordedCall[] = [];
  try {
    for (let input = firstInput; calls.length < codes.length; ) {
      const result = await resultOf(replay, tool, input);
      assertSame(codes[calls.length], 'error' in result ? result.error : null, unrecorded);
      calls.push({ input, result });
      const cursor = 'output' in result && WithCursor.safeParse(result.output).data?.next_cursor;
      if (!cursor) break;
      input = { ...firstInput, cursor };
    }
  } finally {
    await replay.close();
  }
  const fixture = { tool: tool.name, connector: tool.connector.name, calls, exchanges };
  await assertRepeatable(fixture, tool);
  return fixture;
}

/**
 * Runs the fixture again. Throws an error if the requests differ, for example because the tool sends a random
 * value or the current time.
 */
async function assertRepeatable(fixture: Fixture, tool: Tool): Promise<void> {
  const replay = await replayFixture(fixture);
  for (const { input } of fixture.calls) await resultOf(replay, tool, input);
  await replay.close().catch((cause: unknown) => {
    if (!(cause instanceof ReplayError)) throw cause;
    throw new UsageError(`A second run sends different requests. No fixture was written. ${cause.message}`);
  });
}

/** Returns the result of one call in the format of a fixture. */
export function resultOf(
  replay: Pick<Replay, 'run'>,
  tool: Tool,
  input: RecordedCall['input'],
): Promise<RecordedCall['result']> {
  return replay.run(tool, input).then(
    (output) => ({ output: Output.parse(output) }),
    (error: unknown) => ({ error: codeOf(error) }),
  );
}

/**
 * Makes up an input. If the contract rejects a made-up value, for example because a number is too large, the
 * value of the contract's example is used.
 */
function madeUpInput({ tool, input }: Recording, values: MadeUpValues): Record<string, Json> {
  const example = Output.parse(tool.examples[0]?.input ?? {});
  return Object.fromEntries(
    Object.entries(tool.input.shape).flatMap(([key, field]) => {
      const given = input[key];
      if (given === undefined) return [];
      // The number of requests can depend on this value, so it is not made up.
      if (key === 'max_results') return [[key, given]];
      const fitting = [shapeJson(given, values), example[key]].find(
        (value) => value !== undefined && z.safeParse(field, value).success,
      );
      return fitting === undefined ? [] : [[key, fitting]];
    }),
  );
}

function codeOf(error: unknown): string {
  if (error instanceof ToolError) return error.code;
  throw error;
}

function assertSame(
  real: string | null | undefined,
  madeUp: string | null,
  unrecorded: readonly string[],
): void {
  if (real === madeUp) return;
  const reason =
    unrecorded.length > 0
      ? `The tool sent more requests than were recorded: ${unrecorded.join(', ')}. Give the input such values that their number stays the same.`
      : 'The tool needs something that the shape does not keep.';
  throw new UsageError(
    `With made-up values, the call ends with ${madeUp ?? 'an output'} instead of ${real ?? 'an output'}. No fixture was written. ${reason}`,
  );
}

interface Traits {
  /** The method, and the path without its variable segments. */
  endpoint: string;
  /** Values that distinguish requests to the same endpoint. */
  parts: ReadonlySet<string>;
}

/**
 * Returns the traits by which requests are compared.
 * @param isReal true for a recorded request, whose values are replaced by made-up values before the
 * comparison
 */
function traitsOf(
  { method, path, query, body }: Exchange['request'],
  values: MadeUpValues,
  isReal: boolean,
): Traits {
  const rest = JSON.stringify([query, body], (_, leaf) =>
    isReal && typeof leaf === 'string' ? values.string(leaf) : leaf,
  );
  const whole = (isReal ? values.path(path) : path).split('/');
  return {
    endpoint: `${method} ${values.template(path)}`,
    parts: new Set([...whole, ...rest.split(/[[\]{},:]+/)]),
  };
}

function similarity(one: Traits, other: Traits): number {
  const shared = [...one.parts].filter((part) => other.parts.has(part)).length;
  return shared / (one.parts.size + other.parts.size - shared);
}
