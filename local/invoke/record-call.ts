import * as z from 'zod';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { fixtureFile, writeFixture } from '../record/fixture-file.ts';
import { makeFixture } from '../record/make-fixture.ts';
import { readSourceWords } from '../record/source-words.ts';
import type { Recorder } from '../record/start-recorder.ts';
import type { InvokeOptions } from './read-invoke-options.ts';

const PAGES_MAX = 50;

const Input = z.record(z.string(), z.json());
const Failure = z.object({ error: z.object({ code: z.string() }) });
const WithCursor = z.looseObject({ next_cursor: z.string().nullable() });

/**
 * Makes a call and writes the shapes of the responses as a fixture. With `allPages`, makes one call for each
 * page of the list.
 * @param callOnce makes one call and returns the output or the error object
 * @throws UsageError if the call cannot be recorded. No file is written in that case.
 */
export async function recordCall(
  tool: Tool,
  { record: name = '', input, allPages, out, live }: InvokeOptions,
  recorder: Recorder,
  callOnce: (input: object) => Promise<unknown>,
): Promise<void> {
  if (allPages && !tool.list)
    throw new UsageError(`--all-pages is only for lists, and ${tool.name} is not a list.`);
  const file = fixtureFile(tool, name, out);
  if ('cursor' in input) throw new UsageError('A recording starts with the first page. Leave out cursor.');
  const codes: (string | null)[] = [];
  let cursor: string | null = null;
  do {
    const answer = await callOnce(cursor === null ? input : { ...input, cursor });
    codes.push(Failure.safeParse(answer).data?.error.code ?? null);
    cursor = (allPages && WithCursor.safeParse(answer).data?.next_cursor) || null;
    if (codes.length > PAGES_MAX)
      throw new UsageError(`The list has more than ${PAGES_MAX} pages. No fixture was written.`);
  } while (cursor !== null);

  const recording = { tool, input: Input.parse(input), exchanges: recorder.exchanges(), codes };
  const fixture = await makeFixture(recording, await readSourceWords(tool.connector.name));
  await writeFixture(file, live ? { ...fixture, accounts: 'real' } : fixture);
  console.log(`\nFixture\n${file}`);
}
