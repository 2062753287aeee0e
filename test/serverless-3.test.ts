import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyProject } from './support/copy-project.ts';
import { projectTools } from './support/project-tools.ts';
import { packageableCopy } from './support/template/package-service.ts';
import { installServerless3, linkPackages } from './support/template/serverless-3.ts';
import { Template } from './support/template/template.ts';

const TIMEOUT_MS = 240_000;
// To save time, only the tools of one connector are packaged.
const tools = `${projectTools[0]?.connector.name}_*`;

const serverless3 = await installServerless3();
// Without npm's registry, the test is skipped, except in CI.
const isLeftOut = serverless3 === undefined && process.env.CI === undefined;

describe.skipIf(isLeftOut)('Serverless 3', () => {
  let own: Awaited<ReturnType<typeof packageableCopy>>;
  let other: Awaited<ReturnType<typeof copyProject>>;
  beforeAll(async () => {
    own = await packageableCopy();
    other = await copyProject({ isInstalled: false });
    if (serverless3) await linkPackages(other.copy, serverless3);
  }, TIMEOUT_MS);
  afterAll(() => Promise.all([own.remove(), other.remove()]));

  test(
    'makes the same template as our version of Serverless, and warns only about the newer runtime',
    async () => {
      const expected = await own.package({ parameters: { tools } });

      const { code, output } = await other.runWith(
        { SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' },
        process.execPath,
        'node_modules/serverless/bin/serverless.js',
        'package',
        '--stage',
        'prod',
        '--param',
        `tools=${tools}`,
      );

      expect(code, output).toBe(0);
      const file = join(other.copy, '.serverless/cloudformation-template-update-stack.json');
      const template = Template.parse(JSON.parse(await readFile(file, 'utf8')));
      expect(withoutTimes(template)).toEqual(withoutTimes(expected.template));
      expect(output.match(/^ {2}at '[\w.]+'/gm)).toEqual(["  at 'provider.runtime'"]);
    },
    TIMEOUT_MS,
  );
});

/** Removes the times in the upload paths, because each packaging has another time. */
function withoutTimes(template: Template): unknown {
  return JSON.parse(JSON.stringify(template).replaceAll(/\/\d{13}-[^/"]+\//g, '/time/'));
}
