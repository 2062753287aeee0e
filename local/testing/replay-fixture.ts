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

/** A provider that replays a recording. */
export interface Replay {
  /**
   * Runs a tool through the emulated Scalekit. The provider sends the recorded responses.
   * @param input the input of the tool; for the next page of a list, `cursor` is the `next_cursor` of an
   * earlier output
   * @returns the output, in which each cursor is replaced by a name such as `cursor-1`, because people cannot
   * read real cursors
   * @throws ToolError if the tool throws it, or if the tool sends a request that was not recorded
   */
  run<Input, Result, Answer>(
    tool: Tool<Input, Result, Answer>,
    input?: Readonly<Record<string, unknown>>,
  ): Promise<Answer>;
  /** @throws ReplayError if a request was not recorded, or if a recorded request was not sent */
  assertComplete(): void;
  /**
   * Stops the replay.
   * @throws ReplayError in the same cases as `assertComplete`
   */
  close(): Promise<void>;
}

/** The tool's requests differ from the recorded requests. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}

/**
 * Starts a provider that replays a fixture, and the emulated Scalekit in front of it. Call `close` at the end of the
 * test.
 * @param fixture the recording, for example from `npm run invoke -- <tool> --record <name>`
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
      ...unrecorded.map((request) => `${request} was requested, but not recorded.`),
      ...left.map(({ request }) => `${request.method} ${request.path} was recorded, but not requested.`),
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
 * Starts a provider, and the emulated Scalekit in front of it.
 * @param answerTo returns the response to a request, or undefined to reject the request
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

/** Gives each cursor of a replay a name. The numbers follow the order in which the cursors are first used. */
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

/**
 * Replaces times by a fixed text, because some tools request a time relative to now, for example the last 30
 * days.
 */
function withoutTimes(request: Exchange['request']) {
  const { method, path, query, body } = comparable(request);
  return { method, path, rest: JSON.stringify([query, body]).replaceAll(TIME, 'time') };
}

/**
 * Makes two requests comparable. Differences in the encoding of the path, in the order of the query, and in
 * the order of keys are removed.
 */
function comparable({ method, path, query, body }: Exchange['request']) {
  return { method, path: path.split('/').map(decoded), query: sorted(query), body: comparableBody(body) };
}

function comparableBody(body: Exchange['request']['body']) {
  return body !== null && 'form' in body ? { form: sorted(body.form) } : body;
}

/** Sorts pairs by name. Values with the same name stay in their order, because this order matters. */
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
