import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyProject } from '../support/copy-project.ts';
import { projectConnectors } from '../support/project-connectors.ts';

// What a new user does with the README alone, command by command; what is written in between is in newcomer/.
const WRITTEN = join(import.meta.dirname, 'newcomer');
const COMMANDS_MAX = 10;

let project: Awaited<ReturnType<typeof copyProject>>;
beforeAll(async () => {
  project = await copyProject();
}, 120_000);
afterAll(() => project.remove());

/** Runs a line as a shell would; a text in quotes is one argument. */
async function command(line: string): Promise<string> {
  const [program = '', ...args] = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
  const { code, output } = await project.run(program, ...args);
  expect(code, `${line}\n${output.slice(-4_000)}`).toBe(0);
  return output;
}

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, name] of Object.entries(files))
    await copyFile(join(WRITTEN, `${name}.txt`), join(project.copy, path));
}

const NEWCOMERS = [
  {
    needs: ['gmail'],
    what: 'a new Gmail tool',
    make: ['npm run new -- gmail list_starred'],
    files: {
      'functions/gmail/list-starred.ts': 'list-starred.ts',
      'functions/gmail/test/list-starred.test.ts': 'list-starred.test.ts',
    },
    tests: 'npx vitest run functions/gmail/test/list-starred.test.ts',
    call: 'npm run -s invoke -- gmail_list_starred --as user_ada --surface direct',
    answer: '"messages": []',
    route: 'POST /tools/gmail_list_starred',
  },
  {
    needs: [],
    what: 'a new connector with a tool',
    make: ['npm run new -- connector asana', 'npm run new -- asana get_task'],
    files: {
      'functions/asana/errors.ts': 'errors.ts',
      'functions/asana/get-task.ts': 'get-task.ts',
      'functions/asana/local/provider.ts': 'provider.ts',
      'functions/asana/test/errors.test.ts': 'errors.test.ts',
      'functions/asana/test/get-task.test.ts': 'get-task.test.ts',
    },
    tests: 'npx vitest run functions/asana',
    call: `npm run -s invoke -- asana_get_task --as user_ada --surface direct '{"task_id": "12345"}'`,
    answer: '"name": "Order brake pads"',
    route: 'POST /tools/asana_get_task',
  },
];
const connectors = await projectConnectors();

test.each(NEWCOMERS.filter(({ needs }) => needs.every((name) => connectors.has(name))))(
  '$what, from nothing to passing tests and a zip',
  async ({ make, files, tests, call, answer, route }) => {
    const rest = [tests, 'npm run fix', 'npm run check', call, 'npx serverless package'];
    expect(make.length + rest.length).toBeLessThanOrEqual(COMMANDS_MAX);

    for (const line of make) await command(line);
    await write(files);
    await command(tests);
    await command('npm run fix');
    await command('npm run check');
    expect(await command(call)).toContain(answer);
    await command('npx serverless package');

    const template = join(project.copy, '.serverless/cloudformation-template-update-stack.json');
    expect(await readFile(template, 'utf8')).toContain(route);
  },
  240_000,
);
