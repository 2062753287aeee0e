import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { authoringFaults } from '../../../scripts/authoring/authoring-faults.ts';

test('a file in the folder of the tools is reported as a fault if it is not a tool', async () => {
  const project = await mkdtemp(join(tmpdir(), 'authoring-'));
  onTestFinished(() => rm(project, { recursive: true }));
  for (const file of ['connector.ts', 'errors.ts', 'dates.ts', 'shared/dates.ts', 'test/dates.ts']) {
    const path = join(project, 'functions/acme', file);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, 'export const day = 1;\n');
  }

  expect(await authoringFaults(project)).toEqual([
    { file: 'functions/acme/dates.ts', message: 'It is not a tool. Move it to functions/acme/shared/.' },
  ]);
});
