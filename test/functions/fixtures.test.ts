import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';
import { resultOf } from '../../local/record/make-fixture.ts';
import { FixtureSchema } from '../../local/testing/fixture-schema.ts';
import { replayFixture } from '../../local/testing/replay-fixture.ts';

// These tests replay calls that were recorded with `npm run invoke -- … --record`. Each tool must send the recorded
// requests and return the recorded results.
const PROJECT = join(import.meta.dirname, '../..');
const tools = await discoverTools(PROJECT);
const files: string[] = [];
for await (const file of glob('functions/*/test/fixtures/*.json', { cwd: PROJECT })) files.push(file);

// A project may have no recordings.
describe.skipIf(files.length === 0)('the recorded calls', () => {
  test.each(files)('return the recorded results when they are replayed: %s', async (file) => {
    const fixture = FixtureSchema.parse(JSON.parse(await readFile(join(PROJECT, file), 'utf8')));
    const tool = tools.find((found) => found.tool.name === fixture.tool)?.tool;
    if (!tool) throw new Error(`There is no tool ${fixture.tool} any more. Remove ${file}.`);
    const replay = await replayFixture(fixture);

    const results = [];
    for (const { input } of fixture.calls) results.push(await resultOf(replay, tool, input));

    await replay.close();
    expect(results).toEqual(fixture.calls.map(({ result }) => result));
  });
});
