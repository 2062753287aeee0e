import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { makeFixture, resultOf } from '../../local/record/make-fixture.ts';
import { readSourceWords, type SourceWords } from '../../local/record/source-words.ts';
import { type Recorder, startRecorder } from '../../local/record/start-recorder.ts';
import type { Stack } from '../../local/stack.ts';
import { startStack } from '../../local/start-stack.ts';
import { replayFixture } from '../../local/testing/replay-fixture.ts';
import { projectTools } from '../support/project-tools.ts';

let recorder: Recorder | undefined;
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    log: () => {},
    inFrontOfScalekit: async (url) => {
      recorder = await startRecorder(url);
      return recorder;
    },
  });
  return () => stack.close();
});

const Input = z.record(z.string(), z.json());
const Answer = z.looseObject({ error: z.object({ code: z.string() }).optional() });

/** Calls a tool as Ada. The input is an example of the emulated provider, or of the contract. */
async function recordingOf(tool: Tool) {
  const provider = stack.providers.find(({ connector }) => connector === tool.connector.name);
  const input = Input.parse(provider?.examples?.[tool.name] ?? tool.examples[0]?.input ?? {});
  const before = recorder?.exchanges().length;
  const response = await fetch(`${stack.gateway.url}/tools/${tool.name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await stack.issuer.sign({ sub: 'user_ada' })}` },
    body: JSON.stringify(input),
  });
  const { error } = Answer.parse(await response.json());
  return { tool, input, exchanges: recorder?.exchanges().slice(before) ?? [], codes: [error?.code ?? null] };
}

// The recorder writes these words itself.
const OURS = `https://example.com application/json; charset=utf-8 text/plain cursor-1 true false null tool connector calls
  input result output error exchanges request method path query body answer status headers json form text max_results`;

/** Returns the words in a recording that are the provider's data, and are not in our source code. */
function givenWords(given: unknown, { names, constants }: SourceWords): string[] {
  const ours = [OURS, ...names, ...constants.keys()].join(' ').toLowerCase();
  const words = JSON.stringify(given).match(/[\p{L}\p{N}]{4,}/gu) ?? [];
  return [...new Set(words.map((word) => word.toLowerCase()))].filter((word) => !ours.includes(word));
}

const readers = projectTools.filter(({ effect }) => effect === 'read');

test.each(readers.map((tool) => [tool.name, tool] as const))(
  'a fixture of %s contains no word of the recorded data, and can be replayed',
  async (_, tool) => {
    const recording = await recordingOf(tool);
    const words = await readSourceWords(tool.connector.name);

    const fixture = await makeFixture(recording, words);

    const kept = JSON.stringify({ ...fixture, tool: '', connector: '' }).toLowerCase();
    const given = givenWords([recording.input, recording.exchanges.map(({ answer }) => answer.body)], words);
    expect(given.filter((word) => kept.includes(word))).toEqual([]);
    const replay = await replayFixture(fixture);
    for (const { input, result } of fixture.calls) {
      expect(await resultOf(replay, tool, input)).toEqual(result);
      if ('output' in result) expect(tool.output.safeParse(result.output).success).toBe(true);
    }
    await replay.close();
  },
);
