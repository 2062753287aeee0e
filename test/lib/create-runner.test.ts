import { createRunner, defineTool, ToolError } from 'scalekit-lambda-tools';
import { beforeAll, expect, expectTypeOf, test, vi } from 'vitest';
import * as z from 'zod';
import { tool as listUnread } from '../../functions/gmail/list-unread.ts';
import { startStackForTest } from '../support/start-stack-for-test.ts';

let stack: Awaited<ReturnType<typeof startStackForTest>>;
beforeAll(async () => {
  stack = await startStackForTest();
  return () => stack.close();
});

const runner = () => createRunner({ variables: stack.variables, log: () => {} });

test('a tool runs in any process, and its output has a type', async () => {
  const output = await runner().run(listUnread, { identifier: 'user_ada', input: { max_results: 2 } });

  expectTypeOf(output.messages).toEqualTypeOf<{ id: string; threadId: string }[]>();
  expect(output.messages).toHaveLength(2);
  expect(output.next_cursor).toEqual(expect.any(String));
});

test('an input may be left out', async () => {
  const { count } = await runner().run(listUnread, { identifier: 'user_ada' });

  expect(count).toBe(10);
});

test.each([
  ['an account that is not connected', 'user_pending', {}, 'authorization_required'],
  ['an input that breaks the contract', 'user_ada', { max_results: 0 }, 'invalid_input'],
  ['an identifier that is none', 'user ada', {}, 'unauthenticated'],
])('%s is thrown as a ToolError', async (_, identifier, input, code) => {
  const error = await runner()
    .run(listUnread, { identifier, input })
    .catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(ToolError);
  expect(error).toMatchObject({ code });
});

test('an output that its schema transforms is given once transformed', async () => {
  const tool = defineTool({
    connector: listUnread.connector,
    name: 'gmail_read_time',
    effect: 'read',
    scopes: [],
    description: 'A tool of this test.',
    examples: [],
    output: { at: z.number().transform((ms) => new Date(ms).toISOString()) },
    run: async () => ({ at: 0 }),
  });

  const { at } = await runner().run(tool, { identifier: 'user_ada' });

  expect(at).toBe('1970-01-01T00:00:00.000Z');
});

test('metrics go to a function that is given, and nowhere else', async () => {
  const measured: unknown[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);

  await createRunner({ variables: stack.variables }).run(listUnread, { identifier: 'user_ada' });
  const printed = write.mock.calls.map(([chunk]) => JSON.parse(String(chunk)));
  write.mockRestore();
  await createRunner({
    variables: stack.variables,
    log: () => {},
    metrics: (call) => measured.push(call),
  }).run(listUnread, { identifier: 'user_ada' });

  expect(printed).toEqual([expect.objectContaining({ message: 'call succeeded', surface: 'in-process' })]);
  expect(measured).toEqual([expect.objectContaining({ tool: 'gmail_list_unread', code: undefined })]);
});
