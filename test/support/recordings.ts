import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixtureSchema } from '../../local/testing/fixture-schema.ts';
import { runScript } from './run-script.ts';

/** Records calls of Ada to the local stack, in a new folder. */
export async function startRecordings() {
  const folder = await mkdtemp(join(tmpdir(), 'fixtures-'));
  return {
    folder,

    record: (tool: string, input: object, ...options: string[]) =>
      runScript(
        'local/invoke.ts',
        ...[tool, '--as', 'user_ada', '--record', 'kept', '--out', folder, ...options, JSON.stringify(input)],
      ),

    async readFixture(path: string) {
      const text = await readFile(join(folder, path), 'utf8');
      return { text, fixture: FixtureSchema.parse(JSON.parse(text)) };
    },

    remove: () => rm(folder, { recursive: true }),
  };
}

/** Returns the outputs that `npm run invoke` printed, in the format of the caller's surface. */
export const printedOutputs = (stdout: string): unknown[] =>
  [...stdout.matchAll(/^Its body\n(.*?)\n\nTime$/gms)].map(([, json = '']) => JSON.parse(json));
