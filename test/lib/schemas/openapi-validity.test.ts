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

// Checks the documents with https://redocly.com/docs/cli/rules/recommended; warnings count as errors.
const PROJECT = join(import.meta.dirname, '../../..');
const require = createRequire(import.meta.url);
const REDOCLY = join(dirname(require.resolve('@redocly/cli/package.json')), 'bin/cli.js');
const QUIET = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };

const shipped = (await discoverTools(PROJECT)).map(({ tool }) => tool);
// Only one tool per name.
const synthetic = [...new Map(worstCases.map((tool) => [tool.name, tool])).values()];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openapi-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function lint(document: object, ruleset: string): Promise<{ code: unknown; output: string }> {
  const file = join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  const args = [REDOCLY, 'lint', '--extends', ruleset, '--format', 'stylish', file];
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

test.each([
  ['the shipped tools', shipped],
  ['the worst cases', synthetic],
  ['tools that only read', synthetic.filter(({ effect }) => effect === 'read')],
])('the document of the HTTP API with %s', async (_, tools) => {
  const { code, output } = await lint(openApiDocument(tools, options), 'recommended-strict');

  expect(code, output).toBe(0);
  expect(output).not.toMatch(/warning|error/i);
});

test.each([...shipped, ...synthetic])('the schema of $name for Bedrock', async (tool) => {
  const { code, output } = await lint(bedrockOpenApi(tool), 'spec');

  expect(code, output).toBe(0);
});

test('a document with a fault is refused', async () => {
  const document = openApiDocument(shipped, { ...options, servers: [] });

  expect(await lint(document, 'recommended-strict')).toMatchObject({ code: 1 });
});
