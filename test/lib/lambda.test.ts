import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';
import { createHandler } from '../../lib/lambda.ts';
import { createHandler as createWriteHandler } from '../../lib/lambda-write.ts';
import { createThing, readThing } from '../support/acme.ts';
import { startTestBed, type TestBed } from '../support/test-bed.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});
beforeEach(() => bed.reset());

const settings = () => ({
  AWS_LAMBDA_FUNCTION_NAME: 'acme_read_thing',
  SCALEKIT_ENV_URL: bed.scalekit.url,
  SCALEKIT_CLIENT_ID: bed.scalekit.clientId,
  SCALEKIT_CLIENT_SECRET: bed.scalekit.clientSecret,
  USER_VERIFY_URL: 'none',
});
const log = () => {};

test('the token is requested during initialisation in Lambda, and the first call uses it', async () => {
  const call = bed.environment(readThing, { AWS_LAMBDA_FUNCTION_NAME: 'acme_read_thing' });
  while (bed.calls().length === 0) await sleep(5);
  expect(bed.calls()).toEqual(['token']);

  bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
  await call({ input: { thing: 't1' } });

  expect(bed.calls()).toEqual(['token', 'GetConnectedAccountDetails', 'proxy']);
});

test('the first call requests the token if initialisation could not get a token', async () => {
  const handlerOf = () =>
    createHandler(readThing, { variables: { ...settings(), SCALEKIT_ENV_URL: 'http://127.0.0.1:9' }, log });

  expect(handlerOf).not.toThrow();
  // Wait a moment, because an unhandled rejection would then end the test process.
  await sleep(50);
});

test('tools with the same settings share one client and one token', async () => {
  const variables = settings();
  const handlers = [
    createHandler(readThing, { variables, log }),
    createHandler(readThing, { variables, log }),
  ];

  expect(handlers).toHaveLength(2);
  while (bed.calls().length === 0) await sleep(5);
  await sleep(50);
  expect(bed.calls()).toEqual(['token']);
});

test.each([
  ['SCALEKIT_ENV_URL', ''],
  ['SCALEKIT_ENV_URL', 'http://acme.scalekit.com'],
  ['USER_VERIFY_URL', undefined],
])(
  'an invalid setting (%s=%s) stops the initialisation in Lambda with one line that names the setting',
  (name, value) => {
    expect(() => createHandler(readThing, { variables: { ...settings(), [name]: value }, log })).toThrow(
      new RegExp(`^${name} is (not set|malformed); it should hold [^\\n]+\\.$`),
    );
  },
);

test('a tool that writes does not start without IDEMPOTENCY_TABLE', () => {
  expect(() => createWriteHandler(createThing, { variables: settings(), log })).toThrow(
    /^IDEMPOTENCY_TABLE is not set/,
  );
});

test('the handler of a tool that writes has a write guard, and the handler of other tools has no write guard', () => {
  expect(() => createHandler(createThing, { log })).toThrow(
    /^acme_create_thing writes\. Import createHandler from 'scalekit-lambda-tools\/lambda\/write'/,
  );
  expect(() => createWriteHandler(readThing, { log })).toThrow(
    /^acme_read_thing reads\. Import createHandler from 'scalekit-lambda-tools\/lambda'/,
  );
});

test('a handler declares at most two parameters, as Node.js 24 requires', () => {
  expect(createHandler(readThing, { log }).length).toBeLessThanOrEqual(2);
});

test('importing a tool outside Lambda reads no settings and sends no requests', async () => {
  const discovered = await discoverTools(process.cwd());
  const files = discovered.map(({ file }) => file);
  const guard = `
    import net from 'node:net';
    net.Socket.prototype.connect = () => { throw new Error('a connection was made'); };
    process.env = new Proxy({}, { get: (_, name) => {
      if (/SCALEKIT|USER_VERIFY|IDENTITY|IDEMPOTENCY/.test(String(name))) throw new Error('a setting was read: ' + String(name));
    } });
    for (const file of ${JSON.stringify(files)}) {
      const { handler, tool } = await import('./' + file);
      console.log(typeof handler, tool.name);
    }`;

  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', guard]);

  expect(stdout).toBe(discovered.map(({ tool }) => `function ${tool.name}\n`).join(''));
});
