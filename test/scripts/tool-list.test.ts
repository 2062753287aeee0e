import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TOOL_LIST } from '../../scripts/tool-list/list-tools.ts';
import { toolRow, withToolTable } from '../../scripts/tool-list/tool-table.ts';
import { projectConnectors } from '../support/project-connectors.ts';
import { projectTools } from '../support/project-tools.ts';

const connectors = [...(await projectConnectors()).keys()];
const document = await readFile(join(import.meta.dirname, '../..', TOOL_LIST), 'utf8');

test('has the tools that there are, as their contracts describe them', () => {
  const listed = document.match(/^\| `[a-z0-9_]+` \|.*$/gm) ?? [];
  // A fork may have left a connector out, and not yet its rows.
  const here = listed.filter((row) => connectors.some((connector) => row.startsWith(`| \`${connector}_`)));

  expect(here, `${TOOL_LIST} is not what the contracts say; npm run fix renews it`).toEqual(
    projectTools.map(toolRow),
  );
});

test('is made anew in its place, and what is around it stays', () => {
  const [before, after] = [document.indexOf('| tool |'), document.indexOf('<!-- The end')];
  const made = withToolTable(document, projectTools.slice(0, 1));

  expect(made.startsWith(document.slice(0, before))).toBe(true);
  expect(made.endsWith(document.slice(after))).toBe(true);
  expect(made.match(/^\| `/gm)).toHaveLength(1);
});

test('is nowhere where there is no place for it', () => {
  expect(withToolTable('# Something else\n', projectTools)).toBe('# Something else\n');
});
