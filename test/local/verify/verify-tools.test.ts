import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { providerCalls } from '../../../local/providers/provider-calls.ts';
import type { FaultInput } from '../../../local/scalekit/fault-schema.ts';
import { readVerifyOptions } from '../../../local/verify/read-verify-options.ts';
import { describeVerdict, type Verdict } from '../../../local/verify/verdict.ts';
import { VerifyReport } from '../../../local/verify/verify-report.ts';
import { verifyTools } from '../../../local/verify/verify-tools.ts';
import { anyList, hasTools, projectTools } from '../../support/project-tools.ts';
import { runScript } from '../../support/run-script.ts';
import { startStackForTest } from '../../support/start-stack-for-test.ts';

let stack: Awaited<ReturnType<typeof startStackForTest>>;
let folder: string;
beforeAll(async () => {
  stack = await startStackForTest();
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
});
afterEach(() => stack.scalekit.reset());
afterAll(() => Promise.all([stack.close(), rm(folder, { recursive: true })]));

interface Case {
  identifier?: string;
  tools?: typeof projectTools;
  inputs?: Record<string, Record<string, unknown>>;
}

async function verdicts({ identifier = 'user_ada', tools = projectTools, inputs = {} }: Case = {}) {
  const found: Record<string, Verdict> = {};
  for await (const [tool, verdict] of verifyTools({ variables: stack.variables, identifier, tools, inputs }))
    found[tool.name] = verdict;
  return found;
}

const named = (...names: string[]) => projectTools.filter(({ name }) => names.includes(name));
const readers = projectTools.filter(({ effect }) => effect === 'read').map(({ name }) => name);
// For these tools, `verify` needs values from the output of another tool: an ID, two fields of one object, or a field
// that has another name in that output.
const CHAINED = [
  'gmail_read_thread',
  'gmail_get_unsubscribe_options',
  'github_summarize_pull_request',
  'hubspot_get_contact_timeline',
  'salesforce_get_by_external_id',
  'slack_read_thread',
  'slack_find_channel',
];
const OF_GMAIL = ['gmail_list_unread', 'gmail_read_thread'];

describe('on the emulated accounts of Ada', () => {
  test('every tool that only reads gets a verdict, and no verdict is a fault', async () => {
    const found = await verdicts();

    expect(Object.keys(found).sort()).toEqual([...readers].sort());
    expect(
      Object.entries(found).filter(([, { verdict }]) => ['wrong shape', 'failed'].includes(verdict)),
    ).toEqual([]);
    for (const name of CHAINED.filter((tool) => hasTools(tool)))
      expect(found[name]?.verdict, name).toBe('right');
  }, 60_000);

  test('no call writes, and no account is created', async () => {
    const accounts = JSON.stringify(stack.scalekit.accounts);
    const calls: unknown[] = [];
    const listen = (call: unknown) => calls.push(call);
    providerCalls.subscribe(listen);

    await verdicts();
    await verdicts({ identifier: 'user_nobody' });

    providerCalls.unsubscribe(listen);
    const Call = z.object({ method: z.string(), path: z.string() });
    const sent = z.array(Call).parse(calls);
    expect(sent.length).toBeGreaterThan(0);
    // These POST requests change nothing: searches, queries, batch reads, and release notes that are only drafted.
    const isRead = /\/search$|\/batch\/read$|\/generate-notes$|^\/api\/auth\.test$|^\/graphql$/;
    expect(
      sent.filter(({ method, path }) => method !== 'GET' && !isRead.test(path.split('?')[0] ?? '')),
    ).toEqual([]);
    expect(JSON.stringify(stack.scalekit.accounts)).toBe(accounts);
  }, 60_000);
});

describe.skipIf(!hasTools(...OF_GMAIL, 'gmail_audit_forwarding'))('the verdict on a tool', () => {
  const failing = (fault: FaultInput) => stack.scalekit.addFault(fault);
  const unread = '/gmail/v1/users/me/messages';

  test.each<[name: string, make: () => unknown, verdict: object]>([
    [
      'a response with a wrong shape, whose places and types are reported',
      () => failing({ path: unread, answer: { status: 200, body: { messages: [{ id: { secret: 'x' } }] } } }),
      {
        verdict: 'wrong shape',
        endpoint: unread,
        faults: [
          expect.stringMatching(/^messages\.0\.id: invalid_\w+/),
          'messages.0.threadId: invalid_type, expected string, received undefined',
        ],
      },
    ],
    [
      'a missing scope',
      () =>
        failing({
          path: unread,
          answer: {
            status: 403,
            body: {
              error: {
                code: 403,
                errors: [{ reason: 'insufficientPermissions' }],
                status: 'PERMISSION_DENIED',
              },
            },
          },
        }),
      { verdict: 'missing', lacks: 'scope', detail: expect.stringContaining('gmail.readonly') },
    ],
    [
      'a missing permission',
      () => failing({ path: unread, answer: { status: 403 } }),
      { verdict: 'missing', lacks: 'permission', detail: expect.stringContaining(unread) },
    ],
    [
      'a response without data',
      () => failing({ path: unread, answer: { status: 200, body: {} } }),
      { verdict: 'missing', lacks: 'data', detail: 'There are no messages, so none was checked.' },
    ],
    [
      'a call that the provider rejects',
      () => failing({ path: unread, answer: { status: 400, body: { error: { message: 'Bad secret' } } } }),
      { verdict: 'failed', code: 'rejected_by_provider', status: 400, endpoint: unread },
    ],
    [
      'an account that is not ACTIVE',
      () => stack.scalekit.setAccount('gmail', 'user_ada', { status: 'EXPIRED' }),
      { verdict: 'missing', lacks: 'account', detail: expect.stringContaining('It is EXPIRED.') },
    ],
    [
      'account details that Scalekit refuses to return',
      () => failing({ path: '/api/v1/connected_accounts/details', answer: { status: 403 } }),
      { verdict: 'failed', code: 'not_configured' },
    ],
    [
      'an account that the provider rejects',
      () => failing({ connection: 'gmail', accountToken: 'expired' }),
      { verdict: 'missing', lacks: 'account' },
    ],
  ])('is right for: %s', async (_, make, verdict) => {
    make();

    const found = await verdicts({ tools: named('gmail_list_unread') });

    expect(found.gmail_list_unread).toMatchObject(verdict);
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  test('is a missing input, unless a person supplies a valid input', async () => {
    const [readThread] = [named('gmail_read_thread')];
    const [thread] = z
      .object({ messages: z.array(z.object({ thread_id: z.string() })) })
      .parse((await stack.call('user_ada', 'gmail_list_unread')).json).messages;

    const alone = await verdicts({ tools: readThread });
    const given = await verdicts({ tools: readThread, inputs: { gmail_read_thread: { ...thread } } });
    const unknown = await verdicts({
      tools: readThread,
      inputs: { gmail_read_thread: { thread_id: '18c2f7' } },
    });
    const malformed = await verdicts({ tools: readThread, inputs: { gmail_read_thread: { thread: 'x' } } });

    expect(alone.gmail_read_thread).toEqual({
      verdict: 'missing',
      lacks: 'input',
      detail: 'Nothing returned thread_id. Give it with --inputs.',
    });
    expect(given.gmail_read_thread?.verdict).toBe('right');
    expect(unknown.gmail_read_thread).toMatchObject({ verdict: 'missing', lacks: 'data' });
    expect(malformed.gmail_read_thread).toMatchObject({ verdict: 'missing', lacks: 'input' });
  });

  test('is printed in one line', () => {
    const wrong: Verdict = {
      verdict: 'wrong shape',
      endpoint: unread,
      faults: ['a: invalid_type', 'b: too_big'],
    };

    expect(describeVerdict('gmail_list_unread', wrong)).toBe(
      `wrong shape  gmail_list_unread: ${unread}: a: invalid_type; b: too_big`,
    );
    expect(
      describeVerdict('gmail_list_unread', {
        verdict: 'failed',
        code: 'provider_unavailable',
        status: 503,
        endpoint: unread,
      }),
    ).toBe(`failed       gmail_list_unread: provider_unavailable, status 503, ${unread}`);
  });
});

describe('npm run verify', () => {
  test('writes a report without any data of the user', async () => {
    const report = join(folder, 'report.json');

    const { code, stdout } = await runScript('local/verify.ts', '--as', 'user_ada', '--report', report);

    expect(code).toBe(0);
    const text = await readFile(report, 'utf8');
    const { accounts, tools } = VerifyReport.parse(JSON.parse(text));
    expect(accounts).toBe('emulated');
    expect(Object.keys(tools).sort()).toEqual([...readers].sort());
    for (const name of readers) expect(stdout).toContain(` ${name}: `);
    // The report must not contain data of the emulated company, such as names and mails.
    for (const shared of [text, stdout]) expect(shared).not.toMatch(/@|harbor|okafor|ferries|user_ada|http/i);
  }, 60_000);

  test('checks only the selected tools', async () => {
    const report = join(folder, 'few.json');
    const [name = ''] = readers;

    const { stdout } = await runScript(
      'local/verify.ts',
      '--as',
      'user_ada',
      '--tools',
      name,
      '--report',
      report,
    );

    expect(Object.keys(VerifyReport.parse(JSON.parse(await readFile(report, 'utf8'))).tools)).toEqual([name]);
    expect(stdout).toMatch(/^\w+ +\w+: .*\n\n/);
  }, 30_000);

  test.each([
    [[], '--as is missing'],
    [['--as', 'user_ada', '--input', 'x'], 'Unknown option'],
    [['--as', 'user_ada', '--inputs', 'nowhere.json'], '--inputs must name a JSON file'],
  ])('rejects the arguments %j', async (args, message) => {
    await expect(readVerifyOptions(args)).rejects.toThrow(message);
  });

  test('rejects a glob that matches no tool with an error of one line', async () => {
    const { code, stderr } = await runScript('local/verify.ts', '--as', 'user_ada', '--tools', 'gmial_*');

    expect(code).toBe(1);
    expect(stderr).toBe('No tool name matches gmial_*.\n');
  });

  test('reads inputs from a file', async () => {
    const file = join(folder, 'inputs.json');
    await writeFile(file, JSON.stringify({ slack_find_user: { query: 'Ada' } }));

    expect((await readVerifyOptions(['--as', 'user_ada', '--inputs', file])).inputs).toEqual({
      slack_find_user: { query: 'Ada' },
    });
  });

  test('reads the accounts of the environment in its settings with --live', async () => {
    const report = join(folder, 'live.json');
    const { name } = anyList();
    vi.stubEnv('SCALEKIT_ENV_URL', stack.scalekit.url);
    vi.stubEnv('SCALEKIT_CLIENT_ID', stack.scalekit.clientId);
    vi.stubEnv('SCALEKIT_CLIENT_SECRET', stack.scalekit.clientSecret);

    const { stderr } = await runScript(
      'local/verify.ts',
      ...['--as', 'user_ada', '--live', '--tools', name, '--report', report],
    ).finally(() => vi.unstubAllEnvs());

    expect(stderr).toBe(`LIVE: calls go to ${stack.scalekit.url} and use the real accounts of its users.\n`);
    const { accounts, tools } = VerifyReport.parse(JSON.parse(await readFile(report, 'utf8')));
    expect(accounts).toBe('real');
    expect(tools[name]?.verdict).toBe('right');
  }, 30_000);

  test('reports missing settings of a Scalekit environment with --live', async () => {
    const { code, stderr } = await runScript('local/verify.ts', '--as', 'user_ada', '--live');

    expect(code).toBe(1);
    expect(stderr).toContain('SCALEKIT_ENV_URL is not set');
  });
});
