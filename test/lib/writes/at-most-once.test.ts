import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { type LocalDynamoDb, startDynamoDb } from '../../../local/dynamodb/start-dynamodb.ts';
import type { Script } from '../../../local/testing/scripted-provider.ts';
import { createThing } from '../../support/acme.ts';
import { type FaultyDynamoDb, startFaultyDynamoDb, type TableFault } from '../../support/faulty-dynamodb.ts';
import type { readHttpAnswer } from '../../support/http-event.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

// The message of a failure contains the seed. To repeat the run, set AT_MOST_ONCE_SEED to this number.
const SEED = Number(process.env.AT_MOST_ONCE_SEED ?? Date.now() % 1_000_000);
const WRITES = 1_000;
const AT_ONCE = 50;
const DELIVERIES_MAX = 4;
const REMAINING_MS = 8_000;

let bed: TestBed;
let dynamoDb: LocalDynamoDb;
let lines: FaultyDynamoDb[];
beforeAll(async () => {
  [bed, dynamoDb] = await Promise.all([startTestBed(), startDynamoDb()]);
  lines = await Promise.all([startFaultyDynamoDb(dynamoDb), startFaultyDynamoDb(dynamoDb)]);
});
afterAll(async () => {
  await Promise.all([bed.close(), ...lines.map((line) => line.close())]);
  await dynamoDb.close();
});
afterEach(() => {
  vi.useRealTimers();
});

type Answer = ReturnType<typeof readHttpAnswer>;
const Title = z.object({ title: z.string() });

// The probability of each fault, in per cent.
const TABLE_FAULTS: Record<TableFault, number> = { lost: 12, 'answer lost': 12, throttled: 6, hangs: 0 };
const PROVIDER_FAULTS = { refuses: 10, limits: 5, 'loses the answer': 8, fails: 5, hangs: 1 };

function oneOf<Name extends string>(shares: Record<Name, number>, random: () => number): Name | undefined {
  let left = random() * 100;
  for (const [name, share] of Object.entries<number>(shares)) {
    left -= share;
    if (left < 0) return Object.keys(shares).find((key): key is Name => key === name);
  }
  return undefined;
}

/** A provider with random faults. It records in `done` which writes really happened. */
const faultyProvider =
  (done: string[], random: () => number): Script =>
  ({ body }) => {
    const { title } = Title.parse(JSON.parse(body));
    const fault = oneOf(PROVIDER_FAULTS, random);
    if (fault === 'refuses') return { status: 400 };
    if (fault === 'limits') return { status: 429, headers: { 'retry-after': '3600' } };
    done.push(title);
    if (fault === 'loses the answer') return 'reset';
    if (fault === 'hangs') return 'hang';
    return fault === 'fails' ? { status: 500 } : { body: { id: `id of ${title}` } };
  };

const soundProvider =
  (done: string[]): Script =>
  ({ body }) => {
    const { title } = Title.parse(JSON.parse(body));
    done.push(title);
    return { body: { id: `id of ${title}` } };
  };

/** The calls and the outcome of one write. */
interface History {
  title: string;
  answers: readonly Answer[];
  /** The response to one more call, after all faults have ended. */
  last: Answer;
  /** The number of times that the provider ran the write: after all calls, and before the last call. */
  timesDone: number;
  timesDoneBefore: number;
}

const codeOf = ({ error, status }: Answer) => error?.code ?? String(status);

function judge({ title, answers, last, timesDone, timesDoneBefore }: History): void {
  const codes = answers.map(codeOf);
  const about = `${title} of seed ${SEED}: ${codes.join(', ')}; then ${codeOf(last)}`;

  expect(timesDone, `${about}: done more than once`).toBeLessThanOrEqual(1);
  expect([...CODES, ...CODES_ON_A_BUSY_MACHINE], about).toEqual(expect.arrayContaining(codes));
  const successes = [...answers, last].filter(({ status }) => status === 200);
  expect(successes.map(({ json }) => json)).toEqual(successes.map(() => ({ id: `id of ${title}` })));
  // If a call returned 200, the write has really happened. If the write has happened, a call returned 200 or
  // outcome_unknown.
  expect(timesDoneBefore, about).toBe(codes.includes('200') ? 1 : timesDoneBefore);
  if (timesDoneBefore > 0) expect(codes, about).toSatisfy(tellsOfIt);
  // The last call returns the stored response, runs the write, or returns outcome_unknown. It is never rejected.
  expect(['200', 'outcome_unknown'], about).toContain(codeOf(last));
}

const tellsOfIt = (codes: string[]) => codes.some((code) => code === '200' || code === 'outcome_unknown');

test('each of 1,000 writes with repetitions and faults happens at most once, and no response contradicts the outcome', async () => {
  const random = seededRandom(SEED);
  const done: string[] = [];
  const timesDone = (title: string) => done.filter((name) => name === title).length;
  const environments = lines.map(({ variables }) => bed.environment(createThing, variables));
  function deliver(title: string): Promise<Answer> {
    const environment = environments[Math.floor(random() * environments.length)];
    if (!environment) throw new Error('There is no environment.');
    const headers = { 'idempotency-key': `key-of-${title}` };
    return environment({ input: { title }, headers, remainingMs: REMAINING_MS });
  }
  function deliverRepeatedly(title: string): Promise<Answer[]> {
    const times = 1 + Math.floor(random() * DELIVERIES_MAX);
    const delayed = async () => {
      await sleep(random() * 150);
      return deliver(title);
    };
    return Promise.all(Array.from({ length: times }, delayed));
  }

  bed.provider.script = faultyProvider(done, random);
  for (const line of lines) line.fault = () => oneOf(TABLE_FAULTS, random);
  const answers = new Map<string, Answer[]>();
  const titles = Array.from({ length: WRITES }, (_, index) => `write-${index}`);
  const waiting = [...titles];
  const work = async () => {
    for (let title = waiting.shift(); title; title = waiting.shift())
      answers.set(title, await deliverRepeatedly(title));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));

  // All faults have ended, and enough time has passed that no earlier call can still be running.
  bed.provider.script = soundProvider(done);
  for (const line of lines) line.fault = () => undefined;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + REMAINING_MS + 5_000 });
  for (const title of titles) {
    const timesDoneBefore = timesDone(title);
    const last = await deliver(title);
    judge({ title, answers: answers.get(title) ?? [], last, timesDone: timesDone(title), timesDoneBefore });
  }

  // Each check above was used, because every kind of outcome has occurred.
  const seen = new Set([...answers.values()].flat().map(codeOf));
  expect([...seen], `seed ${SEED}`).toEqual(expect.arrayContaining(CODES));
}, 240_000);

const CODES = [
  '200',
  'request_in_progress',
  'outcome_unknown',
  'dependency_unavailable',
  'rejected_by_provider',
  'rate_limited',
];
// These codes mean that the call's time ended before it sent a request.
const CODES_ON_A_BUSY_MACHINE = ['provider_timeout', 'scalekit_unavailable'];
