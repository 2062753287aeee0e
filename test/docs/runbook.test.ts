import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PARAMETER_NAMES } from '../../lib/deploy/parameters.ts';
import { copyProject } from '../support/copy-project.ts';
import { hasTools } from '../support/project-tools.ts';

const PROJECT = join(import.meta.dirname, '../..');
const runbook = await readFile(join(PROJECT, 'docs/runbook.md'), 'utf8');

/** The shell blocks of a kind, without the indentation of the list that they stand in. */
function blocks(kind: string): string[] {
  const fences = new RegExp(`^( *)\`\`\`${kind}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm');
  return [...runbook.matchAll(fences)].map(([, indent = '', text = '']) =>
    text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

// A fork may have left out the tools that it names.
const NAMED = [
  'gmail_list_unread',
  'slack_send_message',
  'github_get_traffic',
  'salesforce_get_current_user',
  'hubspot_list_invoices',
];

let project: Awaited<ReturnType<typeof copyProject>>;
beforeAll(async () => {
  project = await copyProject();
}, 60_000);
afterAll(() => project.remove());

test.skipIf(!hasTools(...NAMED))(
  'its commands that need no account run as they are, one after the other in one shell',
  async () => {
    const commands = blocks('sh').flatMap((block) => block.trim().split('\n'));
    // What is installed is what npm ci would install again.
    const script = commands.filter((command) => command !== 'npm ci').join('\n');

    const { code, output } = await project.run('sh', '-euc', script);

    expect(commands).toContain('npm ci');
    expect(code, output.slice(-4_000)).toBe(0);
    expect(output).toContain('dist/manifest.json');
    expect(output).toMatch(/AWS::Lambda::Function/);
  },
  400_000,
);

test('its commands name only parameters, settings and programs that there are', () => {
  const all = [...blocks('sh'), ...blocks('sh account')].join('\n');
  const parameters = [...`${all}\n${runbook}`.matchAll(/--param "?(\w+)=/g)].map(([, name]) => name);
  const programs = [...all.matchAll(/^\s*(?:\w+=\S+ )*(\w+)/gm)].map(([, name]) => name);

  expect(parameters.filter((name) => !PARAMETER_NAMES.includes(name ?? ''))).toEqual([]);
  expect(new Set(programs)).toEqual(new Set(['npm', 'npx', 'aws', 'export', 'node', 'curl', 'sh']));
});
