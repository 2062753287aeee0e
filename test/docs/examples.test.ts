import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { answer as answerOverHttp } from '../../docs/examples/ai-sdk-http.ts';
import { answer as answerOverMcp } from '../../docs/examples/ai-sdk-mcp.ts';
import { hasTools } from '../support/project-tools.ts';
import { scriptedModel } from '../support/scripted-model.ts';
import { startStackForTest } from '../support/start-stack-for-test.ts';

/** The tools that the examples give to their agents. */
const TEN = [
  'gmail_triage_inbox',
  'gmail_list_unread',
  'gmail_read_thread',
  'gmail_draft_reply',
  'gmail_list_filters',
  'slack_find_channel',
  'slack_find_user',
  'slack_catch_up_channel',
  'slack_read_thread',
  'slack_send_message',
];

const Unread = z.object({ messages: z.array(z.object({ id: z.string() })) });
const Sent = z.object({ ts: z.string(), channel: z.string() });

let stack: Awaited<ReturnType<typeof startStackForTest>>;
beforeAll(async () => {
  stack = await startStackForTest();
});
afterAll(() => stack.close());
beforeEach(() => stack.scalekit.reset());

const deployment = async (user: string) => ({
  apiUrl: stack.gateway.url,
  token: await stack.issuer.sign({ sub: user }),
  approve: async () => true,
});

describe.skipIf(!hasTools(...TEN)).each([
  ['ai-sdk-mcp', answerOverMcp],
  ['ai-sdk-http', answerOverHttp],
])('%s', (_, answer) => {
  test("the agent answers with the tool's result for this user", async () => {
    const input = { max_results: 2 };
    const model = scriptedModel('gmail_list_unread', input);

    const text = await answer('What is new?', { ...(await deployment('user_ada')), model });

    const { json } = await stack.call('user_ada', 'gmail_list_unread', input);
    expect(JSON.parse(text)).toEqual(json);
    expect(Unread.parse(JSON.parse(text)).messages).toHaveLength(2);
  });

  test('the agent offers ten tools with their schemas to the model', async () => {
    const model = scriptedModel('gmail_list_unread', {});

    await answer('What is new?', { ...(await deployment('user_ada')), model });

    const tools = stack.functions.filter(({ functionName }) => TEN.includes(functionName));
    expect(tools).toHaveLength(TEN.length);
    expect(model.doGenerateCalls[0]?.tools).toEqual(
      tools.map(({ tool }) =>
        expect.objectContaining({
          type: 'function',
          name: tool.name,
          description: tool.description,
          inputSchema: expect.objectContaining({ type: 'object', properties: expect.any(Object) }),
        }),
      ),
    );
  });

  test('the agent shows the consent link to the model, and asks the model to pass the link on', async () => {
    const model = scriptedModel('gmail_list_unread', {});

    const text = await answer('What is new?', { ...(await deployment('user_grace')), model });

    expect(JSON.parse(text)).toMatchObject({
      error: {
        code: 'authorization_required',
        authorization_url: expect.stringMatching(/^http/),
      },
    });
    expect(model.doGenerateCalls[0]?.prompt[0]).toMatchObject({
      role: 'system',
      content: expect.stringContaining('give the user its authorization_url'),
    });
  });

  test('the agent makes a write that the user approved', async () => {
    const message = `The offer is out, ${crypto.randomUUID()}.`;
    const model = scriptedModel('slack_send_message', { channel: 'sales', text: message });

    const approve = vi.fn(async () => true);

    const text = await answer('Tell the sales team.', { ...(await deployment('user_ada')), model, approve });

    expect(approve.mock.calls).toEqual([
      [
        expect.objectContaining({
          toolName: 'slack_send_message',
          input: { channel: 'sales', text: message },
        }),
      ],
    ]);
    const { ts, channel } = Sent.parse(JSON.parse(text));
    const history = await stack.provider(
      'slack',
      'user_ada',
      `/api/conversations.history?channel=${channel}`,
    );
    expect(history).toMatchObject({
      messages: expect.arrayContaining([expect.objectContaining({ ts, text: message })]),
    });
  });

  test('the agent does not make a write that the user rejected, and informs the model', async () => {
    const model = scriptedModel('slack_send_message', { channel: 'sales', text: 'Not approved.' });

    const text = await answer('Tell the sales team.', {
      ...(await deployment('user_ada')),
      model,
      approve: async () => false,
    });

    expect(text).toBe('denied');
    expect(stack.scalekit.requests.map(({ kind }) => kind)).not.toContain('proxy');
  });

  test('the agent reads without asking the user', async () => {
    const approve = vi.fn(async () => false);
    const model = scriptedModel('gmail_list_unread', {});

    await answer('What is new?', { ...(await deployment('user_ada')), model, approve });

    expect(approve).not.toHaveBeenCalled();
  });

  test('the agent stops if the token is not valid', async () => {
    const model = scriptedModel('gmail_list_unread', {});

    const answering = answer('What is new?', {
      ...(await deployment('user_ada')),
      token: 'not-a-token',
      model,
    });

    await expect(answering).rejects.toThrow();
    expect(model.doGenerateCalls).toEqual([]);
  });

  test('the agent can abort a running call', async () => {
    stack.scalekit.addFault({ connection: 'gmail', hang: true });
    const model = scriptedModel('gmail_list_unread', {});
    const controller = new AbortController();

    const answering = answer('What is new?', {
      ...(await deployment('user_ada')),
      model,
      abortSignal: controller.signal,
    });
    const aborted = expect(answering).rejects.toThrow(/abort/i);
    await vi.waitFor(() => expect(stack.scalekit.requests.map(({ kind }) => kind)).toContain('proxy'));
    controller.abort();

    await aborted;
  }, 5_000);
});
