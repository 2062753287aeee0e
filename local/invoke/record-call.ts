import * as z from 'zod';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { fixtureFile, writeFixture } from '../record/fixture-file.ts';
import { FixtureRefusedError } from '../record/fixture-refused.ts';
import type { RecordedCall } from '../record/fixture-schema.ts';
import { makeFixture } from '../record/make-fixture.ts';
import type { Recorder } from '../record/start-recorder.ts';
import type { InvokeOptions } from './read-invoke-options.ts';

const PAGES_MAX = 50;

const Input = z.record(z.string(), z.json());
const Failure = z.object({ error: z.object({ code: z.string() }) });
const WithCursor = z.looseObject({ next_cursor: z.string().nullable() });

/**
 * Makes a call, and with `allPages` those that go on with its list, and writes what the provider answered as a fixture.
 * @param callOnce makes one call, and gives the output or the error object
 * @throws UsageError, FixtureRefusedError; then no file is left
 */
export async function recordCall(
  tool: Tool,
  { record: name = '', input, identifier, allPages, out }: InvokeOptions,
  recorder: Recorder,
  callOnce: (input: object) => Promise<unknown>,
): Promise<void> {
  if (allPages && !tool.list) throw new UsageError(`${tool.name} is no list, so that it has no pages.`);
  const file = fixtureFile(tool, name, out);
  const results: RecordedCall['result'][] = [];
  let cursor: string | null = null;
  do {
    const answer = await callOnce(cursor === null ? input : { ...input, cursor });
    const { data: failure } = Failure.safeParse(answer);
    results.push(failure ? { error: failure.error.code } : { output: z.json().parse(answer) });
    cursor = (allPages && WithCursor.safeParse(answer).data?.next_cursor) || null;
    if (results.length > PAGES_MAX)
      throw new FixtureRefusedError([{ kind: `more than ${PAGES_MAX} pages`, place: 'calls' }]);
  } while (cursor !== null);

  const { fixture, replaced } = await makeFixture({
    tool,
    identifier,
    input: Input.parse(input),
    exchanges: recorder.exchanges(),
    results,
  });
  await writeFixture(file, fixture);
  console.log('\nReplaced');
  for (const [kind, places] of replaced) console.log(`${places.length} × ${kind}: ${places.join(', ')}`);
  console.log(`\nFixture\n${file}`);
}
