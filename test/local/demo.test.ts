import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { hasTools } from '../support/project-tools.ts';

const PROJECT = join(import.meta.dirname, '../..');
const TOOLS = ['gmail_list_filters', 'gmail_list_unread', 'slack_send_message'];
const runDemo = () => promisify(execFile)(process.execPath, ['local/demo.ts'], { cwd: PROJECT });

test('the demo shows the chapters of the connectors that have tools, and ends by itself', async () => {
  const { stdout, stderr } = await runDemo();

  expect(stdout).toMatch(/\nThat was the (?:whole )?demo.*\. To try it yourself: npm start\n$/);
  expect(stderr).toBe('');
});

test.skipIf(!hasTools(...TOOLS))('the demo shows all chapters', async () => {
  const { stdout } = await runDemo();

  const titles = stdout.match(/^\d+\. .+$/gm) ?? [];
  expect(titles).toHaveLength(13);
  expect(stdout).toMatch(
    /GET http:\S+\/connect\?connector=gmail, then POST.*\n {2}200, then 303 → http:\S+\/magicLink\//,
  );
  expect(stdout).toMatch(/user_ada → the application.*\n {2}403 For user_ada: forbidden\./);
  expect(stdout).toMatch(
    /user_grace → the application.*\n {2}200 The account of user_grace on gmail is ACTIVE\./,
  );
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
});
