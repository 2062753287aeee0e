import { join } from 'node:path';
import { expect, test } from 'vitest';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';
import { authoringFaults } from '../../scripts/authoring/authoring-faults.ts';

const PROJECT = join(import.meta.dirname, '../..');

test('the project has tools, and each tool follows the authoring rules', async () => {
  expect((await discoverTools(PROJECT)).length).toBeGreaterThan(0);
  expect(await authoringFaults(PROJECT)).toEqual([]);
});
