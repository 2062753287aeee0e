import { createEmulator, defineEmulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { defineTool } from '../../../lib/contract/define-tool.ts';
import { path } from '../../../lib/provider/path.ts';
import type { LocalProvider } from '../../../local/providers/local-provider.ts';
import { startProvider } from '../../../local/providers/start-provider.ts';
import type { Stack } from '../../../local/stack.ts';
import { startStack } from '../../../local/start-stack.ts';
import { anyHandler } from '../../../local/testing/any-handler.ts';
import { hasTools, projectTools } from '../../support/project-tools.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ log: () => {} });
});
afterAll(() => stack.close());

async function ask({ url, grants }: Pick<LocalProvider, 'url' | 'grants'>, route: string) {
  const response = await fetch(url + route, {
    headers: { authorization: `Bearer ${grants[0]?.accessToken}` },
  });
  await response.text();
  return response.headers.get('x-emulator');
}

test.each(['/no-such/things?a=b', '/api/no.such.method?a=b'])(
  'every emulated provider reports that it lacks the route %s, and where to add it',
  async (route) => {
    const said = await Promise.all(stack.providers.map((provider) => ask(provider, route)));

    const [path] = route.split('?');
    expect(said).toEqual(
      stack.providers.map(
        ({ connector, url }) =>
          `The emulated provider has no route GET ${new URL(url).pathname.replace(/\/$/, '')}${path}. Check the path, or add the route in functions/${connector}/local/.`,
      ),
    );
  },
);

// All requests in the connector's own tests are checked. A tool must not send these requests, so this test is in
// another folder.
test.skipIf(!hasTools('slack_send_message')).each([
  ['conversations.replies', expect.stringContaining('ignores a JSON body for conversations.replies')],
  ['conversations.history', null],
])('the emulated Slack reports whether it ignored a JSON body: %s', async (method, note) => {
  const slack = stack.providers.find(({ connector }) => connector === 'slack');
  const response = await fetch(`${slack?.url}/api/${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${slack?.grants[0]?.accessToken}`,
    },
    body: JSON.stringify({ channel: 'C0HARBORBIK' }),
  });
  await response.text();

  expect(response.headers.get('x-emulator')).toEqual(note);
});

test.each([
  ['gmail', '/gmail/v1/users/me/messages/nothing'],
  ['github', '/repos/nobody/nothing/pulls/7'],
  ['hubspot', '/crm/v3/objects/contacts/1'],
  ['salesforce', '/sobjects/Account/001000000000000AAA'],
])('a missing object of %s is not reported as a missing route', async (connector, route) => {
  const provider = stack.providers.find((candidate) => candidate.connector === connector);

  if (provider) expect(await ask(provider, route)).toBeNull();
});

describe('an emulator of a new connector', () => {
  const emulator = defineEmulator({
    name: 'acme',
    state: () => ({}),
    setup({ app }) {
      app.get('/things/:id', (context) => context.json({ errors: ['no such thing'] }, 404));
    },
  });

  test.each([
    ['/things/7', null],
    [
      '/other',
      expect.stringContaining('has no route GET /other. Check the path, or add the route in functions/acme/'),
    ],
  ])('reports a missing route only if the emulator lacks the route: %s', async (route, said) => {
    const provider = await startProvider(
      {
        connector: 'acme',
        grants: [{ identifier: 'user_ada', label: 'Ada', accessToken: 'acme-local-ada' }],
        emulate: () => createEmulator({ service: emulator, port: 0 }),
        refuse: () => ({ status: 401, body: {} }),
      },
      0,
    );

    expect(await ask(provider, route)).toEqual(said);
    await provider.close();
  });
});

describe.skipIf(projectTools.length === 0)('a tool whose route is not emulated', () => {
  const issue = expect.stringContaining('has no route GET /v1/things. Check the path');
  const detail = { path: '', issue };

  test('is reported in the error on each surface, and in the timeline of the console', async () => {
    const [first] = stack.tools;
    if (!first) throw new Error('The project has no tool.');
    const { connector } = first.tool;
    const tool = defineTool({
      connector,
      name: `${connector.name}_list_nothing`,
      effect: 'read',
      scopes: [],
      description: 'Lists what the emulated provider does not have.',
      input: {},
      output: { count: z.int() },
      examples: [],
      async run(_input, { api }) {
        await api.get(path`/v1/things`);
        return { count: 0 };
      },
    });
    const file = `functions/${connector.name}/list-nothing.ts`;
    stack.deploy([...stack.tools, { ...first, tool, handler: anyHandler(tool), file }]);

    const response = await fetch(`${stack.gateway.url}/tools/${tool.name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await stack.issuer.sign({ sub: 'user_ada' })}` },
      body: '{}',
    });
    expect(await response.json()).toMatchObject({ error: { details: [detail] } });
    const [call] = stack.calls.calls;
    expect(call?.trace.steps.flatMap(({ requests }) => requests)).toContainEqual(
      expect.objectContaining({ to: 'provider', emulator: issue }),
    );
    const catalogued = stack.catalogue.tools.find(({ definition }) => definition.name === tool.name);
    if (!catalogued) throw new Error('The tool is not deployed.');
    const direct = { tool: tool.name, identifier: 'user_ada', input: {} };
    const { answer } = await stack.invoke(catalogued, direct, AbortSignal.timeout(10_000));
    expect(answer).toMatchObject({ error: { details: [detail] } });
  });
});
