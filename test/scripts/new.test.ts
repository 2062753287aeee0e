import { existsSync, readFileSync, watch } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { assertNewConnector, assertNewTool } from '../../scripts/new/assert-new-name.ts';
import { effectOfVerb, listsByVerb } from '../../scripts/new/effect-of-verb.ts';
import { readNewOptions } from '../../scripts/new/read-new-options.ts';
import { writeNewFiles } from '../../scripts/new/write-new-files.ts';
import { copyProject } from '../support/copy-project.ts';
import { projectConnectors } from '../support/project-connectors.ts';

const [CONNECTOR = ''] = (await projectConnectors()).keys();

describe('npm run new, in a copy of the project', () => {
  const NEW_TOOLS = [
    [CONNECTOR, 'search_gadgets'],
    [CONNECTOR, 'archive_gadget'],
    [CONNECTOR, 'create_gadget'],
    [CONNECTOR, 'remove_gadget'],
    ['my_crm', 'get_thing'],
    ['my_crm', 'list_things'],
    ['my_crm', 'juggle_things', '--effect', 'update'],
  ] as const;
  const tests = [
    ...NEW_TOOLS.map(
      ([connector, name]) => `functions/${connector}/test/${name.replaceAll('_', '-')}.test.ts`,
    ),
    'functions/my_crm/test/errors.test.ts',
  ];

  let project: Awaited<ReturnType<typeof copyProject>>;
  let made: { code: unknown; output: string }[];
  beforeAll(async () => {
    project = await copyProject();
    made = [];
    for (const args of [['connector', 'my_crm'], ...NEW_TOOLS])
      made.push(await project.run(process.execPath, 'scripts/new.ts', ...args));
  }, 240_000);
  afterAll(() => project.remove());

  const bin = (name: string) => join(project.copy, 'node_modules/.bin', name);

  test('creates each tool, and shows the next steps', () => {
    expect(made.filter(({ code }) => code !== 0)).toEqual([]);
    for (const { output } of made) expect(output).toMatch(/^ {2}functions\/.*\nNext: /s);
  });

  test('writes each file only once, so npm start reloads a new tool once', async () => {
    const path = `functions/${CONNECTOR}/once.ts`;
    const file = join(project.copy, path);
    const contents = new Set<string>();
    const watcher = watch(join(project.copy, 'functions', CONNECTOR), () => {
      contents.add(existsSync(file) ? readFileSync(file, 'utf8') : '');
    });

    await writeNewFiles(project.copy, { [path]: 'export const a = {b:"1"}' });
    await vi.waitFor(() => expect(contents).toContain("export const a = { b: '1' };\n"));
    watcher.close();
    await rm(file);

    contents.delete('');
    expect(contents.size).toBe(1);
  });

  test('overwrites no file', async () => {
    const file = join(project.copy, `functions/${CONNECTOR}/search-gadgets.ts`);
    const before = await readFile(file, 'utf8');

    const { code, output } = await project.run(
      process.execPath,
      'scripts/new.ts',
      CONNECTOR,
      'search_gadgets',
    );

    expect([code, output]).toEqual([
      1,
      `There is a tool ${CONNECTOR}_search_gadgets already. Choose another name.\n`,
    ]);
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  test('creates files that pass every check unchanged', async () => {
    const { code, output } = await project.run('npm', 'run', 'check');

    expect(code, output).toBe(0);
    expect(output).toMatch(/^All tools follow the rules\.$/m);
  }, 240_000);

  test('creates functions that can be packaged, each with its route', async () => {
    const names = NEW_TOOLS.map(([connector, name]) => `${connector}_${name}`);
    const { code } = await project.run(
      bin('serverless'),
      ...['package', '--stage', 'prod', '--param', `tools=${names}`],
    );

    expect(code).toBe(0);
    const template = await readFile(
      join(project.copy, '.serverless/cloudformation-template-update-stack.json'),
      'utf8',
    );
    for (const name of names) expect(template).toContain(`POST /tools/${name}`);
  }, 240_000);

  test('creates tests that fail only because of steps that the author must still do', async () => {
    const { code } = await project.run(
      bin('vitest'),
      'run',
      '--reporter=json',
      '--outputFile=results.json',
      ...tests,
    );

    expect(code).toBe(1);
    const { testResults }: { testResults: { assertionResults: TestResult[] }[] } = JSON.parse(
      await readFile(join(project.copy, 'results.json'), 'utf8'),
    );
    const failed = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status !== 'passed');
    expect(failed).toHaveLength(tests.length);
    for (const { failureMessages } of failed)
      expect(failureMessages.join()).toMatch(/^AssertionError: To do: write /);
  }, 240_000);

  test('creates a tool that immediately returns data of the emulated provider', async () => {
    const { code, output } = await project.run(
      process.execPath,
      'local/invoke.ts',
      'my_crm_list_things',
      '--as',
      'user_ada',
      '--surface',
      'direct',
    );

    expect(code).toBe(0);
    expect(output).toContain('"title": "A thing"');
  });
});

interface TestResult {
  status: string;
  failureMessages: string[];
}

describe('the names of new tools and connectors', () => {
  const state = { connectors: new Map([['gmail', 'gmail']]), toolNames: new Set(['gmail_list_unread']) };

  test.each([
    [
      'acme',
      'get_thing',
      /^There is no connector acme; there are gmail\. To add it: npm run new -- connector acme$/,
    ],
    ['gmail', 'list', /must be a verb and an object in lower snake case/],
    ['gmail', 'getThing', /must be a verb and an object/],
    ['gmail', 'get__thing', /must be a verb and an object/],
    ['gmail', 'get_../../x', /must be a verb and an object/],
    ['gmail', 'get_this_very_long_name_that_is_too_long', /has 46 characters, of at most 40/],
    ['gmail', 'list_unread', /There is a tool gmail_list_unread already/],
    ['gmail', 'fetch_mails', /^Scalekit already has a tool gmail_fetch_mails, .* choose another name\.$/],
  ])('are rejected with the reason: %s %s', (connector, verbObject, reason) => {
    expect(() => assertNewTool(connector, verbObject, state)).toThrow(reason);
  });

  test.each(['MyCrm', 'my-crm', '1crm', '../x', 'connector', ''])(
    'are rejected if the name of the connector is %j',
    (name) => {
      expect(() => assertNewConnector(name, state)).toThrow(/must be lower snake case/);
    },
  );

  test('are rejected if the new connector exists already', () => {
    expect(() => assertNewConnector('gmail', state)).toThrow('There is a connector gmail already.');
  });
});

test.each([
  ['list_starred', 'read', true],
  ['get_label', 'read', false],
  ['send_note', 'create', false],
  ['update_label', 'update', false],
  ['delete_label', 'delete', false],
  ['juggle_labels', undefined, false],
])('the verb in %s implies the effect: %s', (verbObject, effect, isList) => {
  expect([effectOfVerb(verbObject), listsByVerb(verbObject)]).toEqual([effect, isList]);
});

test.each([
  [['a', 'b', 'c'], /an argument too many: c/],
  [['a', 'b_c', '--effect', 'break'], /There is no effect "break"/],
  [['--nope'], /Unknown option '--nope'/],
])('npm run new rejects the arguments %j and prints the usage', (args, reason) => {
  expect(() => readNewOptions(args)).toThrow(reason);
  expect(() => readNewOptions(args)).toThrow('Usage: npm run new');
});
