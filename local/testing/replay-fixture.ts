import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { createRunner } from '../../lib/create-runner.ts';
import { listenOnLoopback } from '../listen-on-loopback.ts';
import { startScalekitEmulator } from '../scalekit/start-scalekit-emulator.ts';
import type { Exchange, Fixture } from './fixture-schema.ts';
import { readFixtureBody } from './fixture-schema.ts';

const IDENTIFIER = 'user_1';
const NOT_RECORDED_STATUS = 501;

/** A tool's provider that answers what was recorded. */
export interface Replay {
  /**
   * Runs a tool through the emulated Scalekit against the recorded answers.
   * @param input where it goes on with a list, `cursor` is the name that an earlier output has as `next_cursor`
   * @returns the output; cursors in it are named `cursor-1` and on, since those of the runtime are opaque
   * @throws ToolError as the tool does, and where it asks the provider for what was not recorded
   */
  run<Input, Result, Answer>(
    tool: Tool<Input, Result, Answer>,
    input?: Readonly<Record<string, unknown>>,
  ): Promise<Answer>;
  /** @throws ReplayError that names what was asked for and not recorded, and what was recorded and not asked for */
  assertComplete(): void;
  /** Ends the replay. @throws ReplayError as `assertComplete` does */
  close(): Promise<void>;
}

/** A tool that did not ask its provider for exactly what was recorded. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}

/**
 * Starts a provider that answers what a fixture holds, and Scalekit in front of it. Close it when all is done.
 * @param fixture such as one that `npm run invoke -- <tool> --record <name>` wrote
 */
export async function replayFixture({ connector, exchanges }: Fixture): Promise<Replay> {
  const left = [...exchanges];
  const unrecorded: string[] = [];
  const { run, close } = await startReplay(connector, (request) => {
    const exact = indexOf(left, request, comparable);
    const index = exact < 0 ? indexOf(left, request, withoutTimes) : exact;
    if (index >= 0) return left.splice(index, 1)[0]?.answer;
    unrecorded.push(`${request.method} ${request.path}`);
    return undefined;
  });
  const assertComplete = () => {
    const faults = [
      ...unrecorded.map((request) => `${request} was asked for, but not recorded.`),
      ...left.map(({ request }) => `${request.method} ${request.path} was recorded, but not asked for.`),
    ];
    if (faults.length > 0) throw new ReplayError(faults.join('\n'));
  };
  return {
    run,
    assertComplete,
    async close() {
      await close();
      assertComplete();
    },
  };
}

function indexOf(
  exchanges: readonly Exchange[],
  asked: Exchange['request'],
  formOf: (request: Exchange['request']) => unknown,
): number {
  return exchanges.findIndex(({ request }) => isDeepStrictEqual(formOf(request), formOf(asked)));
}

/**
 * Starts a provider that answers as it is told, and Scalekit in front of it.
 * @param answerTo gives the answer to a request; undefined refuses it
 */
export async function startReplay(
  connector: string,
  answerTo: (request: Exchange['request']) => Exchange['answer'] | undefined,
): Promise<Pick<Replay, 'run' | 'close'>> {
  const provider = await startReplayingProvider(answerTo);
  const scalekit = await startScalekitEmulator({
    seed: {
      connections: [{ name: connector, connector, providerUrl: provider.url }],
      grants: [],
      accounts: [
        { connection: connector, identifier: IDENTIFIER, status: 'ACTIVE', accessToken: 'replayed' },
      ],
    },
  });
  const variables = {
    SCALEKIT_ENV_URL: scalekit.url,
    SCALEKIT_CLIENT_ID: scalekit.clientId,
    SCALEKIT_CLIENT_SECRET: scalekit.clientSecret,
    USER_VERIFY_URL: 'none',
    IDEMPOTENCY_TABLE: 'none',
  };
  const runner = createRunner({ variables, log: () => {} });
  const cursors = new CursorNames();

  return {
    async run(tool, input = {}) {
      const call = { identifier: IDENTIFIER, input: cursors.withReal(input) };
      return cursors.withNamed(await runner.run(tool, call));
    },
    async close() {
      await Promise.all([scalekit.close(), provider.close()]);
    },
  };
}

const WithCursor = z.looseObject({ next_cursor: z.string() });

/** Names for the cursors of a replay, in the order in which they were given. */
class CursorNames {
  readonly #real: string[] = [];

  withReal(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const number = /^cursor-(\d+)$/.exec(String(input.cursor))?.[1];
    const real = this.#real[Number(number) - 1];
    return real === undefined ? { ...input } : { ...input, cursor: real };
  }

  withNamed<Answer>(answer: Answer): Answer {
    const { data } = WithCursor.safeParse(answer);
    if (!data) return answer;
    const index = this.#real.indexOf(data.next_cursor);
    const number = index < 0 ? this.#real.push(data.next_cursor) : index + 1;
    return Object.assign({}, answer, { next_cursor: `cursor-${number}` });
  }
}

function startReplayingProvider(answerTo: (request: Exchange['request']) => Exchange['answer'] | undefined) {
  const server = createServer(async (incoming, response) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const [path = '/', query = ''] = url.split(/\?(.*)/s);
    const body = readFixtureBody(await buffer(incoming), headers['content-type']);
    const answer = answerTo({ method, path, query: [...new URLSearchParams(query)], body });
    response.writeHead(answer?.status ?? NOT_RECORDED_STATUS, answer?.headers);
    response.end(bodyText(answer?.body ?? null));
  });
  return listenOnLoopback(server, 0);
}

const TIME = /\b\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|\b1\d{9}(?:\d{3})?\b/g;

/** For tools that ask for a time relative to now, such as the last 30 days. */
function withoutTimes(request: Exchange['request']) {
  const { method, path, query, body } = comparable(request);
  return { method, path, rest: JSON.stringify([query, body]).replaceAll(TIME, 'time') };
}

/** Two requests are equal even if their paths are encoded differently, or their query or keys are in another order. */
function comparable({ method, path, query, body }: Exchange['request']) {
  return { method, path: path.split('/').map(decoded), query: sorted(query), body: comparableBody(body) };
}

function comparableBody(body: Exchange['request']['body']) {
  return body !== null && 'form' in body ? { form: sorted(body.form) } : body;
}

/** By name only, so that the values of a repeated name stay in their order. */
function sorted(pairs: readonly (readonly [string, string])[]) {
  return [...pairs].sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function bodyText(body: Exchange['answer']['body']): string {
  if (body === null) return '';
  if ('json' in body) return JSON.stringify(body.json);
  return 'text' in body ? body.text : new URLSearchParams(body.form).toString();
}
