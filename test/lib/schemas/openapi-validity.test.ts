import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { discoverTools } from '../../../lib/deploy/discover-tools.ts';
import { bedrockOpenApi } from '../../../lib/schemas/bedrock-openapi.ts';
import { openApiDocument } from '../../../lib/schemas/openapi.ts';
import { worstCases } from '../../support/schema-tools.ts';

// A linter checks the documents with https://redocly.com/docs/cli/rules/recommended. Warnings count as errors.
const PROJECT = join(import.meta.dirname, '../../..');
const require = createRequire(import.meta.url);
const REDOCLY = join(dirname(require.resolve('@redocly/cli/package.json')), 'bin/cli.js');
const QUIET = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };

const shipped = (await discoverTools(PROJECT)).map(({ tool }) => tool);
// If several tools have the same name, only one of them is used.
const synthetic = [...new Map(worstCases.map((tool) => [tool.name, tool])).values()];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openapi-'));
});
afterEach(() => rm(folder, { recursive: true }));

/**
 * Checks several documents in one run of the linter, because each start of the linter takes a long time. The output
 * contains the names of the documents' files.
 */
async function lint(
  ruleset: string,
  documents: Readonly<Record<string, object>>,
): Promise<{ code: unknown; output: string }> {
  const files = await Promise.all(
    Object.entries(documents).map(async ([name, document]) => {
      const file = join(folder, `${name}.json`);
      await writeFile(file, JSON.stringify(document));
      return file;
    }),
  );
  const args = [REDOCLY, 'lint', '--extends', ruleset, '--format', 'stylish', ...files];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd: folder, env: { ...process.env, ...QUIET } },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
}

const options = { version: '1.0.0', servers: ['https://api.example.org'] };

test('the documents of the HTTP API are valid with the shipped tools, with the largest tools, and with tools that only read', async () => {
  const reading = synthetic.filter(({ effect }) => effect === 'read');

  const { code, output } = await lint('recommended-strict', {
    shipped: openApiDocument(shipped, options),
    synthetic: openApiDocument(synthetic, options),
    reading: openApiDocument(reading, options),
  });

  expect(code, output).toBe(0);
  expect(output.match(/validated in/g), output).toHaveLength(3);
  expect(output).not.toMatch(/warning|error/i);
});

test('the Bedrock schemas of all tools are valid', async () => {
  const tools = [...shipped, ...synthetic];

  const { code, output } = await lint(
    'spec',
    Object.fromEntries(tools.map((tool) => [tool.name, bedrockOpenApi(tool)])),
  );

  expect(code, output).toBe(0);
  expect(output.match(/validated in/g), output).toHaveLength(tools.length);
});

test.each(['recommended-strict', 'spec'])(
  'one invalid document among valid documents is rejected by the rules %s',
  async (ruleset) => {
    const sound = openApiDocument(shipped, options);

    const { code, output } = await lint(ruleset, { sound, faulty: { ...sound, paths: [] }, other: sound });

    expect(code).toBe(1);
    expect(output).toContain('faulty.json');
  },
);

test('a document without servers is rejected', async () => {
  const document = openApiDocument(shipped, { ...options, servers: [] });

  expect(await lint('recommended-strict', { document })).toMatchObject({ code: 1 });
});
