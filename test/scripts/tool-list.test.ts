import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';
import { readCheckedAgainst } from '../../scripts/tool-list/checked-against.ts';
import { contractText } from '../../scripts/tool-list/contract-text.ts';
import { CONTRACTS, TOOL_LIST } from '../../scripts/tool-list/list-tools.ts';
import { toolRow, withToolTable } from '../../scripts/tool-list/tool-table.ts';
import { projectConnectors } from '../support/project-connectors.ts';
import { projectTools } from '../support/project-tools.ts';

const connectors = [...(await projectConnectors()).keys()];
const PROJECT = join(import.meta.dirname, '../..');
const document = await readFile(join(PROJECT, TOOL_LIST), 'utf8');
const checkedAgainst = await readCheckedAgainst(PROJECT, await discoverTools(PROJECT));
const contracts = await readFile(join(PROJECT, CONTRACTS), 'utf8');

test('the list contains every tool with the description in its contract', () => {
  const listed = document.match(/^\| `[a-z0-9_]+` \|.*$/gm) ?? [];
  // If a fork has deleted a connector, the list may still contain its rows.
  const here = listed.filter((row) => connectors.some((connector) => row.startsWith(`| \`${connector}_`)));

  expect(here, `${TOOL_LIST} is not what the contracts say; npm run fix renews it`).toEqual(
    projectTools.map((tool) => toolRow(tool, checkedAgainst)),
  );
});

test.each(projectTools)('the contract of $name matches its text in docs/contracts.txt', (tool) => {
  expect(`${contracts}\n`, `${CONTRACTS} is out of date; npm run fix renews it`).toContain(
    `${contractText(tool)}\n`,
  );
});

test('only the table is replaced, and the text around the table stays', () => {
  const [before, after] = [document.indexOf('| tool |'), document.indexOf('<!-- The end')];
  const made = withToolTable(document, projectTools.slice(0, 1), checkedAgainst);

  expect(made.startsWith(document.slice(0, before))).toBe(true);
  expect(made.endsWith(document.slice(after))).toBe(true);
  expect(made.match(/^\| `/gm)).toHaveLength(1);
});

test('a document without a place for the list stays unchanged', () => {
  expect(withToolTable('# Something else\n', projectTools, checkedAgainst)).toBe('# Something else\n');
});
