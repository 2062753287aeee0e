import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const PROJECT = join(import.meta.dirname, '../..');

test('the demo plays its whole story and ends by itself', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['local/demo.ts'], { cwd: PROJECT });

  const titles = stdout.match(/^\d+\. .+$/gm) ?? [];
  expect(titles).toHaveLength(10);
  expect(stdout.match(/^ {2}(\d{3}) \{/gm)?.map((line) => line.trim().slice(0, 3))).toEqual([
    '200',
    '200',
    '200',
    '403',
    '200',
    '200',
    '200',
    '400',
    '404',
  ]);
  expect(stderr).toBe('');
});
