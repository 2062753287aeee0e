import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startEnvironment } from '../../../scripts/bench/lambda-environment.ts';
import { measure } from '../../../scripts/bench/measure.ts';

const RUNTIME_CLIENT = join(import.meta.dirname, '../../../scripts/bench/plain-runtime-client.ts');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, source: string) {
  await writeFile(join(folder, `${name}.mjs`), source);
  return { folder, handler: `${name}.handler`, variables: { GREETING: 'Hello' } };
}

describe.skipIf(process.platform !== 'linux')('an execution environment', () => {
  test('loads a function, and sends events with their context to the function, one after the other', async () => {
    const benched = await written(
      'greets',
      `export const handler = async ({ name }, { awsRequestId, clientContext }) => ({
        text: process.env.GREETING + ' ' + name, awsRequestId, clientContext });`,
    );

    const environment = await startEnvironment(RUNTIME_CLIENT, benched);
    onTestFinished(async () => void (await environment.stop()));
    const first = await environment.invoke({ event: { name: 'Ada' } });
    const second = await environment.invoke({ event: { name: 'Grace' }, clientContext: { custom: 1 } });

    expect(environment.readyMs).toBeGreaterThan(0);
    expect(first.answer).toEqual({
      text: 'Hello Ada',
      awsRequestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(second.answer).toMatchObject({ text: 'Hello Grace', clientContext: { custom: 1 } });
    expect(await environment.residentBytes()).toBeGreaterThan(1e7);
    expect(await environment.processorTimeMs()).toBeGreaterThan(0);
  });

  test('reports the reason if it does not start', async () => {
    const benched = await written('breaks', `throw new Error('It cannot start.');`);

    await expect(startEnvironment(RUNTIME_CLIENT, benched)).rejects.toThrow('It cannot start.');
  });

  test('is used by the benchmark, which measures calls and throws an error after a wrong response', async () => {
    const benched = await written(
      'counts',
      'let calls = 0; export const handler = async () => ({ calls: ++calls });',
    );
    const options = {
      runtimeClient: RUNTIME_CLIENT,
      warmCalls: 5,
      counts: async () => ({ scalekit: 0, aws: 0, issuer: 0 }),
    };
    const answers: unknown[] = [];
    const subject = {
      benched,
      invocation: () => ({ event: {} }),
      isAnswered: (answer: unknown) => answers.push(answer) > 0,
    };

    const sample = await measure(subject, options);

    expect(sample.warmCallsMs).toHaveLength(5);
    expect(answers).toEqual([1, 2, 3, 4, 5, 6].map((calls) => ({ calls })));
    await expect(measure({ ...subject, isAnswered: () => false }, options)).rejects.toThrow(
      'counts.handler answered {"calls":1}',
    );
  });
});
