import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { discoveryCatalogue } from '../../../lib/discovery/discovery-catalogue.ts';
import { createDiscoveryFunction } from '../../../lib/discovery/discovery-function.ts';
import type { Handler } from '../../../lib/lambda-handler.ts';
import { mcpCatalogue } from '../../../lib/mcp/mcp-catalogue.ts';
import { createMcpFunction } from '../../../lib/mcp/mcp-function.ts';
import type { DirectCall } from '../../../lib/mcp/tool-invoker.ts';
import { type AccountsBed, startAccountsBed } from '../../support/accounts-bed.ts';
import { readThing } from '../../support/acme.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

let bed: TestBed;
let accounts: AccountsBed;
beforeAll(async () => {
  [bed, accounts] = await Promise.all([startTestBed(), startAccountsBed()]);
  bed.provider.script = () => ({ body: { id: 't1', title: '' } });
  return () => Promise.all([bed.close(), accounts.close()]);
});

type Headers = Record<string, string>;
const Status = z.object({ statusCode: z.number() });
const input = { thing: 't1' };

/** Sends `tools/call` over MCP. Returns the status, and the identifiers with which the tool was called. */
async function overMcp(headers: Headers, scope = ''): Promise<{ status: number; identifiers: string[] }> {
  const calls: DirectCall[] = [];
  const handler: Handler = createMcpFunction(mcpCatalogue([readThing], '1.0.0'), {
    variables: {},
    log: () => {},
    invoke: async (_tool, call) => {
      calls.push(call);
      return { requestId: undefined, answer: { id: 't1', title: '' } };
    },
  });
  const event = httpEvent({
    claims: { sub: 'user_ada', scope },
    headers: { accept: 'application/json, text/event-stream', ...headers },
    body: {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: readThing.name, arguments: input },
    },
  });
  const { statusCode } = Status.parse(await handler(event, lambdaContext()));
  return { status: statusCode, identifiers: calls.map(({ identifier }) => identifier) };
}

async function overDiscovery(headers: Headers) {
  const handler = createDiscoveryFunction(discoveryCatalogue([readThing], '1.0.0'), {
    variables: {},
    log: () => {},
  });
  const event = { ...httpEvent({ headers }), routeKey: 'GET /openapi.json', rawPath: '/openapi.json' };
  return Status.parse(await handler(event, lambdaContext())).statusCode;
}

const FUNCTIONS: readonly [name: string, statusOf: (headers: Headers) => Promise<number>][] = [
  ['MCP', async (headers) => (await overMcp(headers)).status],
  ['discovery', overDiscovery],
  [
    'accounts',
    async (headers) =>
      (
        await accounts.environment()('POST /accounts/{connector}/authorize', {
          headers,
          pathParameters: { connector: 'acme' },
        })
      ).status,
  ],
  ['a tool', async (headers) => (await bed.environment(readThing)({ input, headers })).status],
];

const READ_BY_US = [
  'accept',
  'content-type',
  'host',
  'idempotency-key',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
  'origin',
  'x-forwarded-proto',
  'x-identifier',
];
// Any text, including surrogates without a partner and control characters.
const anyText = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0x17f }).map((code) => String.fromCharCode(code)),
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  ),
  maxLength: 20,
});
const anyHeaders = fc.dictionary(fc.oneof(fc.constantFrom(...READ_BY_US), anyText), anyText, {
  maxKeys: 3,
  noNullPrototype: true,
});

const ODD: readonly [name: string, value: string][] = [
  ['x-note', 'caf\u00e9'],
  ['x-note', '\u30e6\u30fc\u30b6\u30fc'],
  ['x-note', '\u{1f600}'],
  ['x-note', '\ud800'],
  ['x-note', 'a\nb'],
  ['x-note', '\u0000'],
  ['x-\u30e6', 'a'],
  ['a b', 'a'],
  ['', 'a'],
  ['__proto__', 'a'],
  ['host', '\u30e6'],
  ['x-forwarded-proto', '\u30e6'],
  ['mcp-protocol-version', '\u30e6'],
];

describe.each(FUNCTIONS)('%s', (_, statusOf) => {
  test.each(ODD)('accepts or rejects the header %j with the value %j, without a 5xx', async (name, value) => {
    expect(await statusOf(Object.fromEntries([[name, value]]))).toBeLessThan(500);
  });

  test('accepts or rejects any names and values without a 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(anyHeaders, async (headers) => {
        expect(await statusOf(headers)).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });
});

describe('over MCP, with any headers', () => {
  test("a user's token leads to this user, or to an error", async () => {
    await fc.assert(
      fc.asyncProperty(anyHeaders, async (headers) => {
        const { identifiers } = await overMcp(headers);
        expect(['', 'user_ada']).toContain(identifiers.join());
      }),
      { numRuns: 150 },
    );
  });

  test.each(['\u30e6user_1', 'user_1\u200b', 'user_1 ', 'us\u00e9r', '\ud800'])(
    'a machine client that names %j gets an error',
    async (named) => {
      const { identifiers } = await overMcp({ 'x-identifier': named }, 'tools:delegate');

      expect(identifiers).toEqual([]);
    },
  );

  test('a machine client that names a user acts for this user, whatever other headers it sends', async () => {
    const headers = { 'x-identifier': 'user_grace', 'x-note': '\u30e6\u30fc\u30b6\u30fc' };

    expect(await overMcp(headers, 'tools:delegate')).toEqual({ status: 200, identifiers: ['user_grace'] });
  });
});

test.each(['\u30e6', '\u00e9'])(
  'a header that the protocol checks reaches the protocol unchanged: %j',
  async (odd) => {
    const { status, identifiers } = await overMcp({ 'mcp-protocol-version': `2025-06-18${odd}` });

    expect([status, identifiers]).toEqual([400, []]);
  },
);
