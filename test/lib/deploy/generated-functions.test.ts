import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GENERATED_FOLDER, generateFunctions } from '../../../lib/deploy/generated-functions.ts';
import { everyField, listThings } from '../../support/schema-tools.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'generated-'));
});
afterEach(() => rm(folder, { recursive: true }));

test("each shared function has an entry file with a catalogue of the tools, without the tools' code", async () => {
  await generateFunctions(folder, [everyField, listThings], '1.2.3');

  const files = (await readdir(join(folder, GENERATED_FOLDER))).sort();
  expect(files).toEqual(['accounts.ts', 'discovery.ts', 'mcp.ts']);
  for (const file of files) {
    const code = await readFile(join(folder, GENERATED_FOLDER, file), 'utf8');
    const [, name = '', catalogue = '""'] = /handler = (\w+)\(JSON\.parse\((".*")\)\);/.exec(code) ?? [];

    expect(code).toContain(`import { ${name} } from '../lib/`);
    expect(JSON.stringify(JSON.parse(JSON.parse(catalogue)))).toContain('acme');
    expect(code).not.toContain('functions/');
  }
});
