import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { createRunner } from '../../lib/create-runner.ts';
import { listenOnLoopback } from '../listen-on-loopback.ts';
import type { Exchange, Fixture } from '../record/fixture-schema.ts';
import { readBody } from '../record/read-body.ts';
import { startScalekitEmulator } from '../scalekit/start-scalekit-emulator.ts';

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
  const provider = await startReplayingProvider(exchanges);
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
    assertComplete: () => provider.assertComplete(),
    async close() {
      await Promise.all([scalekit.close(), provider.close()]);
      provider.assertComplete();
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

async function startReplayingProvider(exchanges: readonly Exchange[]) {
  const left = exchanges.map((exchange) => ({ ...exchange, key: comparable(exchange.request) }));
  const unrecorded: string[] = [];

  const server = createServer(async (incoming, response) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const [path = '/', query = ''] = url.split(/\?(.*)/s);
    const bytes = await buffer(incoming);
    const body = readBody(bytes, headers['content-type']);
    const asked = { method, path, query: [...new URLSearchParams(query)], body };
    const index = left.findIndex(({ key }) => isDeepStrictEqual(key, comparable(asked)));
    const [found] = index < 0 ? [] : left.splice(index, 1);
    if (!found) {
      unrecorded.push(`${method} ${path}`);
      response.writeHead(NOT_RECORDED_STATUS).end();
      return;
    }
    response.writeHead(found.answer.status, found.answer.headers);
    response.end(bodyText(found.answer.body));
  });
  const { url, close } = await listenOnLoopback(server, 0);

  return {
    url,
    close,
    assertComplete() {
      const faults = [
        ...unrecorded.map((request) => `${request} was asked for, but not recorded.`),
        ...left.map(({ request }) => `${request.method} ${request.path} was recorded, but not asked for.`),
      ];
      if (faults.length > 0) throw new ReplayError(faults.join('\n'));
    },
  };
}

/** What makes two requests the same: neither how a path is encoded, nor the order of its query and of keys. */
function comparable({ method, path, query, body }: Exchange['request']) {
  return { method, path: path.split('/').map(decoded), query: sorted(query), body: comparableBody(body) };
}

function comparableBody(body: Exchange['request']['body']) {
  return body !== null && 'form' in body ? { form: sorted(body.form) } : body;
}

/** By name alone, so that the values of a repeated name stay in their order. */
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
