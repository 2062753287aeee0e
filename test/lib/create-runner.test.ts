import { createRunner, defineTool, ToolError } from 'scalekit-lambda-tools';
import { beforeAll, expect, expectTypeOf, test, vi } from 'vitest';
import * as z from 'zod';
import { listNotes } from '../support/globex.ts';
import { startTestBed, type TestBed } from '../support/test-bed.ts';

const NOTES = Array.from({ length: 14 }, (_, index) => ({ id: `n${index}`, thread: 't1' }));

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  bed.scalekit.setAccount('globex', 'user_pending', { status: 'PENDING_AUTH' });
  bed.provider.script = ({ url = '' }) => {
    const limit = Number(new URL(url, 'http://globex.example').searchParams.get('limit'));
    return { body: { notes: NOTES.slice(0, limit), next: 'n2' } };
  };
  return () => bed.close();
});

const variables = () => ({
  SCALEKIT_ENV_URL: bed.scalekit.url,
  SCALEKIT_CLIENT_ID: bed.scalekit.clientId,
  SCALEKIT_CLIENT_SECRET: bed.scalekit.clientSecret,
  USER_VERIFY_URL: 'none',
});
const runner = () => createRunner({ variables: variables(), log: () => {} });

test('a tool runs in any Node process and returns a typed output', async () => {
  const output = await runner().run(listNotes, { identifier: 'user_ada', input: { max_results: 2 } });

  expectTypeOf(output.notes).toEqualTypeOf<{ id: string; thread: string }[]>();
  expect(output.notes).toHaveLength(2);
  expect(output.next_cursor).toEqual(expect.any(String));
});

test('the input may be omitted', async () => {
  const { count } = await runner().run(listNotes, { identifier: 'user_ada' });

  expect(count).toBe(10);
});

test.each([
  ['an account that is not connected', 'user_pending', {}, 'authorization_required'],
  ['an input that breaks the contract', 'user_ada', { max_results: 0 }, 'invalid_input'],
  ['an invalid identifier', 'user ada', {}, 'unauthenticated'],
])('a failure is thrown as a ToolError: %s', async (_, identifier, input, code) => {
  const error = await runner()
    .run(listNotes, { identifier, input })
    .catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(ToolError);
  expect(error).toMatchObject({ code });
});

test('a schema with a transform transforms the output only once', async () => {
  const tool = defineTool({
    connector: listNotes.connector,
    name: 'globex_read_time',
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

test('a runner passes metrics only to the given function', async () => {
  const measured: unknown[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);

  await createRunner({ variables: variables() }).run(listNotes, { identifier: 'user_ada' });
  const printed = write.mock.calls.map(([chunk]) => JSON.parse(String(chunk)));
  write.mockRestore();
  await createRunner({
    variables: variables(),
    log: () => {},
    metrics: (call) => measured.push(call),
  }).run(listNotes, { identifier: 'user_ada' });

  expect(printed).toEqual([expect.objectContaining({ message: 'call succeeded', surface: 'in-process' })]);
  expect(measured).toEqual([expect.objectContaining({ tool: 'globex_list_notes', code: undefined })]);
});
