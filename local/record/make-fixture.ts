import { ToolError } from '../../lib/errors/tool-error.ts';
import { ReplayError, replayFixture } from '../testing/replay-fixture.ts';
import { findCredentials, findLeftovers } from './find-secrets.ts';
import { FixtureRefusedError } from './fixture-refused.ts';
import { type Fixture, fixtureSchema, type Json, type RecordedCall } from './fixture-schema.ts';
import { type Recording, scrubRecording } from './scrub-fixture.ts';
import type { Kind } from './scrub-rules.ts';

/** A recording with what the tool gave; each call after the first went on with the list of the one before. */
export interface FinishedRecording extends Recording {
  results: readonly RecordedCall['result'][];
}

export interface MadeFixture {
  fixture: Fixture;
  /** By kind, the place of each value that was replaced. */
  replaced: Map<Kind, string[]>;
}

/**
 * Makes a recording a fixture: scrubs it, and runs the tool against the scrubbed answers, which gives the scrubbed results.
 * @throws FixtureRefusedError where a secret is in it, something of somebody's is left in it, or the tool makes of the
 * scrubbed answers something of another form than it made of the real ones
 */
export async function makeFixture(recording: FinishedRecording): Promise<MadeFixture> {
  const { tool, input, exchanges, results } = recording;
  if (exchanges.length === 0) refuse('no request to the provider', 'exchanges');
  if ('cursor' in input) refuse('a cursor of an earlier call', 'calls[0].input.cursor');
  throwFindings(findCredentials({ input, exchanges, results: results.map((result) => ({ result })) }));
  const { replacements, ...scrubbed } = scrubRecording(recording);
  throwFindings(findLeftovers(scrubbed, replacements));

  const calls = results.map((result, index) => ({
    input: index === 0 ? scrubbed.input : { ...scrubbed.input, cursor: `cursor-${index}` },
    result,
  }));
  const draft = { tool: tool.name, connector: tool.connector.name, calls, exchanges: scrubbed.exchanges };
  const fixture = fixtureSchema.parse({ ...draft, calls: await replayCalls(recording, draft) });
  const replayed = { ...scrubbed, results: fixture.calls.map(({ result }) => ({ result })) };
  throwFindings([...findCredentials(replayed), ...findLeftovers(replayed, replacements)]);
  return { fixture, replaced: replacements.summary() };
}

/** The calls with the results that the tool gives to the scrubbed ones. */
async function replayCalls({ tool }: Recording, draft: Fixture): Promise<RecordedCall[]> {
  const replay = await replayFixture(draft);
  const calls: RecordedCall[] = [];
  try {
    for (const [index, { input, result }] of draft.calls.entries()) {
      const again = await replay.run(tool, input).then(
        (output) => ({ output: fixtureSchema.shape.calls.element.shape.input.parse(output) }),
        (error: unknown) => ({ error: codeOf(error) }),
      );
      const difference = differenceOf(result, again, `calls[${index}].result`);
      if (difference) refuse('a difference after scrubbing', difference);
      calls.push({ input, result: again });
    }
  } finally {
    await replay.close().catch((error: unknown) => {
      if (!(error instanceof ReplayError)) throw error;
      refuse('a request that the scrubbed call does not repeat', 'exchanges');
    });
  }
  return calls;
}

function codeOf(error: unknown): string {
  if (error instanceof ToolError) return error.code;
  throw error;
}

/** Where two results are of different form; what a string or number holds may differ. */
function differenceOf(one: Json | undefined, other: Json | undefined, place: string): string | undefined {
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return place;
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys
      .map((key) => differenceOf(one[key], other[key], `${place}.${key}`))
      .find((difference) => difference !== undefined);
  }
  if (place.endsWith('.error')) return one === other ? undefined : place;
  return typeof one === typeof other && (one === null) === (other === null) ? undefined : place;
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null;
}

function throwFindings(findings: FixtureRefusedError['findings']): void {
  if (findings.length > 0) throw new FixtureRefusedError(findings);
}

function refuse(kind: string, place: string): never {
  throw new FixtureRefusedError([{ kind, place }]);
}
