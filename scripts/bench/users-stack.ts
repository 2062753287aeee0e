import { join } from 'node:path';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';
import { startStack } from '../../local/start-stack.ts';
import { ScriptedProvider } from '../../local/testing/scripted-provider.ts';
import { TOOLS } from './subjects.ts';

const PROJECT = join(import.meta.dirname, '../..');
const CONNECTORS = ['gmail', 'slack'];
const TOKEN_SECONDS = 86_400;
const NAMES: readonly string[] = Object.values(TOOLS).map(({ name }) => name);

/** A call of a user, and a function that recognises the only right response. */
export interface UserCall {
  kind: keyof typeof TOOLS;
  identifier: string;
  input: Record<string, unknown>;
  /** The idempotency key of a write. */
  key?: string;
  isRight(output: unknown): boolean;
}

/**
 * Starts the local stack with many users. Each user has different data at the provider. A script returns this data,
 * because the emulated providers have only a few users.
 */
export async function startUsersStack(users: number) {
  const provider = await ScriptedProvider.start();
  const stack = await startStack({
    log: () => {},
    tools: async () => (await discoverTools(PROJECT)).filter(({ tool }) => NAMES.includes(tool.name)),
  });
  const identifiers = Array.from({ length: users }, (_, number) => `user-${number}`);
  stack.scalekit?.mergeSeed({
    connections: CONNECTORS.map((name) => ({ name, connector: name, providerUrl: provider.url })),
    grants: CONNECTORS.flatMap((connector) =>
      identifiers.map((identifier) => ({
        connector,
        identifier,
        label: identifier,
        accessToken: `token-of-${identifier}`,
      })),
    ),
    accounts: CONNECTORS.flatMap((connection) =>
      identifiers.map((identifier) => ({ connection, identifier, status: 'ACTIVE' as const })),
    ),
  });
  const posted = new Map<string, number>();

  provider.script = ({ url = '', headers, body }) => {
    provider.requests.length = 0;
    const [, identifier] = /^Bearer token-of-(\S+)$/.exec(headers.authorization ?? '') ?? [];
    if (identifier === undefined) return { status: 401 };
    if (url.startsWith('/gmail/')) {
      const criteria = { from: `${identifier}@example.com` };
      return {
        body: { filter: [{ id: `filter-of-${identifier}`, criteria, action: { addLabelIds: ['STARRED'] } }] },
      };
    }
    const { text }: { text: string } = JSON.parse(body);
    const message = `${identifier}: ${text}`;
    posted.set(message, (posted.get(message) ?? 0) + 1);
    return { body: { ok: true, channel: `channel-of-${identifier}`, ts: message } };
  };

  return {
    stack,
    identifiers,
    /** Returns a token for each user, by the user's identifier. */
    async tokens(): Promise<Record<string, string>> {
      const signed = identifiers.map(
        async (sub): Promise<[string, string]> => [
          sub,
          await stack.issuer.sign({ sub }, { expiresInSeconds: TOKEN_SECONDS }),
        ],
      );
      return Object.fromEntries(await Promise.all(signed));
    },
    /** The number of times that each message was posted, by user and text. */
    posted,
    async close(): Promise<void> {
      await Promise.all([stack.close(), provider.close()]);
    },
  };
}

/** Returns a call that reads. The only right response contains the filter of this user. */
export function readCall(identifier: string): UserCall {
  const expected = JSON.stringify([`filter-of-${identifier}`, `from:(${identifier}@example.com)`]);
  return {
    kind: 'read',
    identifier,
    input: {},
    isRight(output) {
      const { filters = [] }: { filters?: { id: string; criteria: string }[] } = Object(output);
      const [{ id, criteria } = { id: '', criteria: '' }] = filters;
      return filters.length === 1 && JSON.stringify([id, criteria]) === expected;
    },
  };
}

/** Returns a call that writes. Other users send the same key and the same text. */
export function writeCall(identifier: string, key: string): UserCall {
  const text = `message ${key}`;
  const expected = JSON.stringify([`channel-of-${identifier}`, `${identifier}: ${text}`]);
  return {
    kind: 'write',
    identifier,
    input: { ...TOOLS.write.input, text },
    key,
    isRight(output) {
      const { channel, ts }: { channel?: unknown; ts?: unknown } = Object(output);
      return JSON.stringify([channel, ts]) === expected;
    },
  };
}
