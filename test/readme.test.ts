import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultSchema } from '../local/scalekit/fault-schema.ts';
import { assertNewConnector, assertNewTool } from '../scripts/new/assert-new-name.ts';
import { readProjectState } from '../scripts/new/project-state.ts';
import { toolRow } from '../scripts/readme/tool-table.ts';
import { projectConnectors } from './support/project-connectors.ts';
import { hasTools, projectTools } from './support/project-tools.ts';

const connectors = [...(await projectConnectors()).keys()];
const PROJECT = join(import.meta.dirname, '..');
const readme = await readFile(join(PROJECT, 'README.md'), 'utf8');

test.skipIf(!hasTools('gmail_list_unread'))('shows the example tool as it is', async () => {
  expect(readme).toContain(
    `\`\`\`ts\n${await readFile(join(PROJECT, 'functions/gmail/list-unread.ts'), 'utf8')}\`\`\``,
  );
});

test('lists the tools that there are, as their contracts describe them', async () => {
  const listed = readme.match(/^\| `[a-z0-9_]+` \|.*$/gm) ?? [];
  // A fork may have left a connector out, and not yet its rows.
  const here = listed.filter((row) => connectors.some((connector) => row.startsWith(`| \`${connector}_`)));

  expect(here, 'the table in README.md is not that of the contracts; npm run fix renews it').toEqual(
    projectTools.map(toolRow),
  );
});

test('names only commands that there are', async () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    await readFile(join(PROJECT, 'package.json'), 'utf8'),
  );
  const named = [...readme.matchAll(/npm (?:run ([\w:]+)|(start|test))\b/g)].flatMap(
    ([, run, short]) => run ?? short ?? [],
  );

  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('shows faults that the emulated Scalekit takes', () => {
  const shown = [...readme.matchAll(/\/emulator\/faults -d '(.+)'/g)].map(([, fault = '']) =>
    JSON.parse(fault),
  );

  expect(shown).not.toEqual([]);
  for (const fault of shown) expect(faultSchema.safeParse(fault).error).toBeUndefined();
});

test('makes new tools and connectors under names that they can have', async () => {
  const state = await readProjectState(PROJECT);
  const made = [...readme.matchAll(/npm run new -- (\S+) (\S+)$/gm)].map(([, ...names]) => names);

  expect(made).not.toEqual([]);
  for (const [first = '', second = ''] of made.filter(([name = '']) =>
    ['connector', ...connectors].includes(name),
  ))
    expect(() =>
      first === 'connector' ? assertNewConnector(second, state) : assertNewTool(first, second, state),
    ).not.toThrow();
});
