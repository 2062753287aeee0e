import { setTimeout as sleep } from 'node:timers/promises';
import {
  Client,
  type ElicitRequestURLParams,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectAt } from '../../support/consent-pages.ts';
import { ErrorAnswer } from '../../support/http-event.ts';
import { mcpBody } from '../../support/mcp-call.ts';
import { anyList, hasTools } from '../../support/project-tools.ts';
import { startStackForTest } from '../../support/start-stack-for-test.ts';

const USER = 'user_ada';

let stack: Awaited<ReturnType<typeof startStackForTest>>;
beforeAll(async () => {
  stack = await startStackForTest();
});
afterAll(() => stack.close());
const list = anyList();
beforeEach(() => {
  stack.scalekit.reset();
  stack.scalekit.setAccount(list.connector, USER, { status: 'DISCONNECTED' });
});

const clients: Client[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

type Action = 'accept' | 'decline' | 'cancel';

interface Options {
  mode?: 'legacy' | { pin: '2026-07-28' };
  elicitation?: { url?: Record<string, never>; form?: Record<string, never> };
  /** Opens the link and consents, as the user would. */
  open?: (link: string) => Promise<Action> | Action;
}

async function connect({ mode = { pin: '2026-07-28' }, elicitation = { url: {} }, open }: Options) {
  const asked: ElicitRequestURLParams[] = [];
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    { versionNegotiation: { mode }, capabilities: open ? { elicitation } : {} },
  );
  if (open) {
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      if (params.mode !== 'url') throw new Error('The server asked for a form.');
      asked.push(params);
      return { action: await open(params.url) };
    });
  }
  const headers = { authorization: `Bearer ${await stack.issuer.sign({ sub: USER })}` };
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${stack.gateway.url}/mcp`), { requestInit: { headers } }),
  );
  clients.push(client);
  const call = () => client.callTool({ name: list.name, arguments: { max_results: 1 } });
  return { asked, call };
}

describe('a client that opens links', () => {
  test("gets the tool's output after the consent", async () => {
    const { asked, call } = await connect({
      open: (link) => connectAt(link, USER).then(() => 'accept' as const),
    });

    const result = await call();

    expect(result.structuredContent).toMatchObject({ count: expect.any(Number) });
    expect(asked).toEqual([
      {
        mode: 'url',
        message: `To go on, connect your account on ${list.connector}.`,
        url: `${stack.variables.CONNECT_URL}?connector=${list.connector}`,
      },
    ]);
  });

  test("gets the tool's output even if the consent comes some time after the click", async () => {
    const { asked, call } = await connect({
      open: (link) => {
        void sleep(500).then(() => connectAt(link, USER));
        return 'accept';
      },
    });

    expect((await call()).structuredContent).toMatchObject({ count: expect.any(Number) });
    expect(asked).toHaveLength(1);
  });

  test.each(['decline', 'cancel'] as const)('gets the error if the user responds with %s', async (action) => {
    const { asked, call } = await connect({ open: () => action });

    const result = await call();

    expect(ErrorAnswer.parse(mcpBody(result)).error.code).toBe('authorization_required');
    expect(asked).toHaveLength(1);
  });

  test('gets no request to connect if the account is already connected', async () => {
    stack.scalekit.reset();
    const { asked, call } = await connect({ open: () => 'decline' });

    expect((await call()).structuredContent).toMatchObject({ count: expect.any(Number) });
    expect(asked).toEqual([]);
  });
});

describe('a call of a client that cannot open links', () => {
  test.each<[string, Options]>([
    ['a client that declares no capabilities', {}],
    ['a client that can show only forms', { elicitation: { form: {} }, open: () => 'accept' }],
    ['a client of revision 2025-11-25', { mode: 'legacy', open: () => 'accept' }],
    ['a client of revision 2025-11-25 that declares no capabilities', { mode: 'legacy' }],
  ])('returns the error with the link to %s', async (_, options) => {
    const { asked, call } = await connect(options);

    const result = await call();

    expect(result.isError).toBe(true);
    expect(ErrorAnswer.parse(mcpBody(result)).error).toMatchObject({
      code: 'authorization_required',
      authorization_url: `${stack.variables.CONNECT_URL}?connector=${list.connector}`,
    });
    expect(asked).toEqual([]);
  });
});

test.skipIf(!hasTools('slack_send_message'))(
  'a write that waited for the consent is sent only once',
  async () => {
    stack.scalekit.setAccount('slack', USER, { status: 'DISCONNECTED' });
    const text = `After the consent, ${crypto.randomUUID()}.`;
    const client = new Client(
      { name: 'test', version: '1.0.0' },
      { versionNegotiation: { mode: { pin: '2026-07-28' } }, capabilities: { elicitation: { url: {} } } },
    );
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      if (params.mode === 'url') await connectAt(params.url, USER);
      return { action: 'accept' };
    });
    const headers = { authorization: `Bearer ${await stack.issuer.sign({ sub: USER })}` };
    const url = new URL(`${stack.gateway.url}/mcp`);
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
    clients.push(client);

    const result = await client.callTool({
      name: 'slack_send_message',
      arguments: { channel: 'sales', text },
      _meta: { 'idempotency-key': crypto.randomUUID() },
    });

    expect(result.isError ?? false).toBe(false);
    const { channel } = Object(result.structuredContent);
    const history = await stack.provider('slack', USER, `/api/conversations.history?channel=${channel}`);
    expect(JSON.stringify(history).split(text)).toHaveLength(2);
  },
);
