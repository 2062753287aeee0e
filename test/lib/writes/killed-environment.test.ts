import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createThing } from '../../support/acme.ts';
import { type FaultyDynamoDb, startFaultyDynamoDb } from '../../support/faulty-dynamodb.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

const PROGRAM = join(import.meta.dirname, '../../support/environment-process.ts');
// The program that runs in the process gives its handlers this time-out.
const FUNCTION_TIMEOUT_MS = 10_000;

let bed: TestBed;
let table: FaultyDynamoDb;
beforeAll(async () => {
  [bed, table] = await Promise.all([startTestBed(), startFaultyDynamoDb()]);
});
afterAll(() => Promise.all([bed.close(), table.close()]));
afterEach(() => {
  vi.useRealTimers();
});

/** Starts an environment as a separate process. */
async function startEnvironment() {
  const { url, clientId, clientSecret } = bed.scalekit;
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      AWS_LAMBDA_FUNCTION_NAME: createThing.name,
      SCALEKIT_ENV_URL: url,
      SCALEKIT_CLIENT_ID: clientId,
      SCALEKIT_CLIENT_SECRET: clientSecret,
      USER_VERIFY_URL: 'none',
      ...table.variables,
    },
  });
  await once(createInterface(child.stdout), 'line');
  return child;
}

test.each([
  ['after the claim of the key', 0],
  ['after the provider received the request', 1],
  ['before the response was stored', 1],
])('a write is never sent a second time if its environment is killed %s', async (moment, sentTimes) => {
  const key = crypto.randomUUID();
  bed.reset();
  const child = await startEnvironment();
  const killed = once(child, 'exit');
  bed.provider.script = () => {
    if (moment !== 'after the provider received the request') return { body: { id: 't1' } };
    child.kill('SIGKILL');
    return 'hang';
  };
  table.fault = (operation) => {
    const fatal = {
      'after the claim of the key': 'PutItem',
      'before the response was stored': 'UpdateItem',
    }[moment];
    if (operation !== fatal) return undefined;
    child.kill('SIGKILL');
    // DynamoDB stores the claim, but the killed process receives no response.
    return operation === 'PutItem' ? 'answer lost' : 'lost';
  };
  child.stdin.write(`write ${key}\n`);
  expect(await killed).toEqual([null, 'SIGKILL']);
  table.fault = () => undefined;
  bed.provider.script = () => ({ body: { id: 't2' } });

  const call = bed.environment(createThing, table.variables);
  const repeat = { input: { title: 'A thing' }, headers: { 'idempotency-key': key } };
  const [soon, later] = [await call(repeat), await afterItsTime(() => call(repeat))];

  expect([soon.error?.code, later.error?.code]).toEqual(['request_in_progress', 'outcome_unknown']);
  expect(bed.provider.requests).toHaveLength(sentTimes);
});

function afterItsTime<Value>(step: () => Promise<Value>): Promise<Value> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + FUNCTION_TIMEOUT_MS + 5_000 });
  return step();
}
