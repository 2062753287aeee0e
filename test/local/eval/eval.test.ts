import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel } from '../../../local/eval/load-model.ts';
import { readEvalOptions } from '../../../local/eval/read-eval-options.ts';
import { hasTools } from '../../support/project-tools.ts';
import { runScript } from '../../support/run-script.ts';

const TIMEOUT_MS = 60_000;
const MODELS = './test/support/transcript-provider.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eval-'));
  return () => rm(folder, { recursive: true });
});

const evaluate = (...args: string[]) => runScript('local/eval.ts', ...args);

describe.skipIf(!hasTools('gmail_list_filters', 'gmail_remove_filter', 'gmail_audit_forwarding'))(
  'npm run eval',
  () => {
    test(
      'prints a row for each task, and writes every call to the report',
      async () => {
        const report = join(folder, 'report.json');

        const model = `${MODELS}:gmail_remove_filter/wrong`;
        const { code, stdout, stderr } = await evaluate(
          ...['--model', model, '--task', 'gmail_remove_*, gmail_audit_*', '--report', report],
        );

        expect(stderr).toBe('');
        expect(code).toBe(0);
        expect(stdout.split('\n').map((row) => row.trimEnd())).toEqual([
          'task                    reached  calls  errors      tokens',
          'gmail_audit_forwarding       no      2       0           6',
          '  ✗ writes what the task says, and nothing else',
          '  ✗ names the sender and the address',
          'gmail_remove_filter          no      2       0           6',
          '  ✗ the filter is gone',
          'all                      0 of 2      4       0          12',
          '',
          `${report} has every call and answer.`,
          '',
        ]);
        expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({
          model,
          started_at: expect.stringMatching(/^\d{4}-.*Z$/),
          tasks: [
            { name: 'gmail_audit_forwarding', is_reached: false },
            {
              name: 'gmail_remove_filter',
              is_reached: false,
              faults: ['the filter is gone'],
              calls: [
                { tool: 'gmail_audit_forwarding', input: {}, error: null },
                { tool: 'gmail_remove_filter', input: { filter_id: 'ANe1Bmada4' }, error: null },
              ],
              answer: 'The filter is removed.',
              tokens: { input: 3, output: 3 },
            },
          ],
        });
      },
      TIMEOUT_MS,
    );

    test(
      'rejects a glob that matches no task',
      async () => {
        const model = `${MODELS}:gmail_remove_filter/right`;
        const { code, stderr } = await evaluate('--model', model, '--task', 'gmial_*');

        expect(code).toBe(1);
        expect(stderr).toMatch(/^No task matches gmial_\*\. There are .*gmail_remove_filter/);
      },
      TIMEOUT_MS,
    );
  },
);

test.each([
  ['is missing', []],
  ['names no provider', ['--model', 'gpt-5-mini']],
])('npm run eval explains how to name a model if the model %s', (_, args) => {
  expect(() => readEvalOptions(args)).toThrow(/^--model must be a provider and a model, such as openai:/);
});

test.each([
  [
    'a provider that is not installed',
    'no-such-provider',
    /^The provider no-such-provider is not installed\. .*: npm install --no-save @ai-sdk\/no-such-provider$/,
  ],
  ['a package without a provider', 'zod', /^zod exports no provider of the AI SDK/],
])('npm run eval explains why a model cannot be loaded: %s', async (_, provider, message) => {
  await expect(loadModel({ provider, model: 'any' })).rejects.toThrow(message);
});

test('loadModel loads a model from an installed package', async () => {
  const model = await loadModel({ provider: 'gateway', model: 'openai/gpt-5-mini' });

  expect(model).toMatchObject({ provider: 'gateway', modelId: 'openai/gpt-5-mini' });
});

describe('a model that is loaded from a file', () => {
  let file: string;
  beforeAll(async () => {
    file = join(folder, 'provider.mjs');
    await writeFile(
      file,
      `export const create = () => {};
       export const broken = { languageModel: () => ({
         specificationVersion: 'v4', provider: 'broken', modelId: 'broken', supportedUrls: {},
         doGenerate() { throw new Error('The model is down.'); },
       }) };`,
    );
  });
  afterAll(() => rm(file));

  test.skipIf(!hasTools('gmail_audit_forwarding'))(
    'does not complete its task if the model throws an error',
    async () => {
      const report = join(folder, 'broken.json');
      const args = ['--model', `${file}:any`, '--task', 'gmail_audit_forwarding', '--report', report];

      const { code, stdout } = await evaluate(...args);

      expect(code).toBe(0);
      expect(stdout).toMatch(/^gmail_audit_forwarding +no +0 +0 +0$/m);
      expect(stdout).toContain('✗ Error: The model is down.');
    },
    TIMEOUT_MS,
  );
});
