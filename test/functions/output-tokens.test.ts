import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encode } from 'gpt-tokenizer';
import { beforeAll, expect, test } from 'vitest';
import type { OfficialAnswers } from '../support/official-answers.ts';
import { hasTools, projectTools } from '../support/project-tools.ts';
import { startTestBed, type TestBed } from '../support/test-bed.ts';

const PROJECT = join(import.meta.dirname, '../..');
const SHARE_MAX = 0.25;
const CATALOGUE_LENGTH = 40;

const official = new Map<string, OfficialAnswers[string]>();
for await (const file of glob('functions/*/test/official-answers.ts', { cwd: PROJECT })) {
  const { officialAnswers }: { officialAnswers: OfficialAnswers } = await import(
    pathToFileURL(join(PROJECT, file)).href
  );
  for (const [name, answers] of Object.entries(officialAnswers)) official.set(name, answers);
}
const measured = projectTools.filter(({ name }) => official.has(name));

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});

const tokensOf = (text: string) => encode(text).length;

test('every official response belongs to a tool', () => {
  expect([...official.keys()].filter((name) => !hasTools(name))).toEqual([]);
});

// In a fork with fewer tools, the median may be higher.
test.skipIf(measured.length < CATALOGUE_LENGTH)(
  "the output of the median tool has at most a quarter of the tokens of the provider's responses",
  async () => {
    const rows: { tool: string; raw: number; output: number; share: number }[] = [];
    for (const tool of measured) {
      bed.reset();
      const { input = {}, script } = official.get(tool.name) ?? {};
      let raw = 0;
      bed.provider.script = (request) => {
        const answer = script?.(request) ?? {};
        if (typeof answer === 'object') raw += tokensOf(JSON.stringify(answer.body ?? ''));
        return answer;
      };
      const { status, body } = await bed.environment(tool)({ input });
      expect(status, `${tool.name}: ${body}`).toBe(200);
      const output = tokensOf(body);
      rows.push({ tool: tool.name, raw, output, share: Math.round((output / raw) * 100) / 100 });
    }
    rows.sort((one, other) => one.share - other.share);

    const middle = rows.slice(rows.length / 2 - 1, rows.length / 2 + 1);
    const median = middle.reduce((sum, { share }) => sum + share / middle.length, 0);
    expect(median, JSON.stringify(rows, null, 1)).toBeLessThanOrEqual(SHARE_MAX);
  },
);
