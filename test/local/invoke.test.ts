import { describe, expect, test } from 'vitest';
import { readInvokeOptions } from '../../local/invoke/read-invoke-options.ts';
import { SURFACE_NAMES } from '../../local/invoke/surface-events.ts';
import { anyList, projectTools } from '../support/project-tools.ts';
import { runScript } from '../support/run-script.ts';

const list = anyList();
const invoke = (...args: string[]) => runScript('local/invoke.ts', ...args);

/** Returns the text below each title in the output. */
function sections(stdout: string): Map<string, string> {
  const parts = stdout.split(/^(Event|Client context|Answer|Its body|Time)$/m).slice(1);
  return new Map(
    parts.flatMap((part, index) => (index % 2 ? [] : [[part, (parts[index + 1] ?? '').trim()]])),
  );
}

describe.each(SURFACE_NAMES)('on the surface %s', (surface) => {
  test('npm run invoke prints the event, the response and the time', async () => {
    const { code, stdout, stderr } = await invoke(
      list.name,
      '--surface',
      surface,
      '--as',
      'user_ada',
      '{"max_results": 2}',
    );

    const printed = sections(stdout);
    const answer = printed.get('Its body') ?? printed.get('Answer') ?? '';
    const { count, [list.key]: items } = JSON.parse(answer);
    expect(items).toHaveLength(count);
    expect(count).toBeLessThanOrEqual(2);
    expect(printed.get('Event')).toContain('max_results');
    expect(printed.has('Client context')).toBe(surface === 'agentcore');
    expect(printed.get('Time')).toMatch(/^\d+ ms/);
    expect(code).toBe(0);
    expect(stderr).toContain('"call succeeded"');
  });
});

test('npm run invoke prints an error in the response', async () => {
  const { code, stdout } = await invoke(list.name, '--as', 'user_expired');

  expect(code).toBe(0);
  expect(JSON.parse(sections(stdout).get('Its body') ?? '')).toMatchObject({
    error: { code: 'authorization_required', account_status: 'EXPIRED' },
  });
});

test('npm run invoke says that a link of the emulator works only until the command ends', async () => {
  const { stdout } = await invoke(list.name, '--as', 'user_bob');

  expect(sections(stdout).get('Time')).toContain('npm start');
});

test('npm run invoke lists only the tools of a connector if an unknown name begins with the name of this connector', async () => {
  const { connector } = list;
  const { stderr } = await invoke(`${connector}_read_minds`, '--as', 'user_ada');

  const [, names = ''] = /^There is no tool \S+\. The tools are (.*)\.$/m.exec(stderr) ?? [];
  const ofConnector = projectTools.filter((tool) => tool.connector.name === connector);
  expect(names.split(', ').toSorted()).toEqual(ofConnector.map(({ name }) => name).toSorted());
});

test.each([
  [
    ['acme_read_minds', '--as', 'user_ada'],
    new RegExp(`^There is no tool acme_read_minds\\. The tools are .*${list.name}`),
  ],
  [[list.name], /^--as is missing/],
])('npm run invoke prints one line about the fault in %j', async (args, message) => {
  const { code, stdout, stderr } = await invoke(...args);

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(message);
  expect(
    stderr
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('{"level"')),
  ).toHaveLength(1);
});

describe('the arguments of npm run invoke', () => {
  test('contain the tool, the user, the surface and the input', () => {
    expect(readInvokeOptions(['a_b_c', '--as', 'user_ada', '--surface', 'direct', '{"a":1}'])).toEqual({
      tool: 'a_b_c',
      identifier: 'user_ada',
      surface: 'direct',
      input: { a: 1 },
      live: false,
      allPages: false,
      out: 'functions',
    });
  });

  test('have HTTP as the default surface, and an empty input', () => {
    const options = readInvokeOptions(['a_b_c', '--as', 'user_ada', '--live']);

    expect(options).toMatchObject({ surface: 'http', input: {}, live: true });
  });

  test('contain the name and the folder of the fixture', () => {
    const options = readInvokeOptions([
      'a_b_c',
      '--as',
      'u',
      '--record',
      'two-pages',
      '--all-pages',
      '--out',
      'elsewhere',
    ]);

    expect(options).toMatchObject({ record: 'two-pages', allPages: true, out: 'elsewhere' });
  });

  test.each([
    [['a_b_c', '--as', 'u', '--record', '../x'], '--record must be a name'],
    [['a_b_c', '--as', 'u', '--all-pages'], '--all-pages needs --record'],
    [[], 'The tool is missing'],
    [['a_b_c', '--as', 'user ada'], '--as must be'],
    [['a_b_c', '--as', 'u', '--surface', 'fax'], 'There is no surface "fax"'],
    [['a_b_c', '--as', 'u', '{"a":', '1}'], 'Put the input in quotes'],
    [['a_b_c', '--as', 'u', '{a}'], 'The input is not JSON: {a}'],
    [['a_b_c', '--as', 'u', '[]'], 'must be a JSON object'],
    [['a_b_c', '--as', 'u', 'null'], 'must be a JSON object'],
    [['a_b_c', '--as', 'u', '--nope'], "Unknown option '--nope'"],
  ])('%j are rejected with the usage', (args, message) => {
    expect(() => readInvokeOptions(args)).toThrow(message);
    expect(() => readInvokeOptions(args)).toThrow('Usage: npm run invoke');
  });
});
