import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type ScalekitEmulator,
  startScalekitEmulator,
} from '../../../local/scalekit/start-scalekit-emulator.ts';
import { createSeed } from './emulator-fixture.ts';
import { type PlainRequest, sendPlainly } from './plain-client.ts';

let emulator: ScalekitEmulator;
beforeEach(async () => {
  emulator = await startScalekitEmulator({ seed: createSeed('http://127.0.0.1:1') });
});
afterEach(() => emulator.close());

async function control(method: string, path: string, body?: unknown, options: PlainRequest = {}) {
  const answer = await sendPlainly(`${emulator.url}/emulator${path}`, {
    method,
    ...options,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const json: unknown = answer.body === '' ? undefined : JSON.parse(answer.body);
  return { status: answer.status, json };
}

const list = () => control('GET', '/faults').then(({ json }) => json);
const readKeys = () => sendPlainly(`${emulator.url}/keys`);

describe('faults over HTTP', () => {
  const once = { path: '/keys', times: 2, answer: { status: 503, headers: { 'x-a': ['1', '2'] }, body: {} } };
  const always = { connection: 'slack-main', drop: 'after-read' };

  test('are added, and shown with their remaining requests', async () => {
    const added = [await control('POST', '/faults', once), await control('POST', '/faults', always)];
    const status = (await readKeys()).status;

    expect(added).toEqual([
      { status: 201, json: { id: 'fault_1', ...once, struck: 0, remaining: 2 } },
      { status: 201, json: { id: 'fault_2', ...always, struck: 0, remaining: null } },
    ]);
    expect(status).toBe(503);
    expect(await list()).toEqual({
      faults: [
        { id: 'fault_1', ...once, struck: 1, remaining: 1 },
        { id: 'fault_2', ...always, struck: 0, remaining: null },
      ],
    });
    const { json } = await control('GET', '/requests');
    expect(json).toMatchObject({ requests: [{ kind: 'keys', status: 503, faults: ['fault_1'] }] });
  });

  test('stay in the list when they have reached their limit', async () => {
    emulator.addFault({ ...once, times: 1 });

    const statuses = [(await readKeys()).status, (await readKeys()).status];

    expect(statuses).toEqual([503, 200]);
    expect(await list()).toMatchObject({ faults: [{ struck: 1, remaining: 0 }] });
  });

  test('can be removed one by one', async () => {
    emulator.addFault({ hang: true });
    const id = emulator.addFault({ answer: { status: 503 } });

    const removed = await control('DELETE', '/faults/fault_1');
    const again = await control('DELETE', '/faults/fault_1');

    expect([removed.status, again.status]).toEqual([204, 404]);
    expect(await list()).toMatchObject({ faults: [{ id }] });
    expect((await readKeys()).status).toBe(503);
  });

  test.each([
    ['DELETE', '/faults'],
    ['POST', '/reset'],
  ])('can all be removed by %s %s', async (method, path) => {
    emulator.addFault({ answer: { status: 503 } });
    emulator.addFault({ answer: { status: 503 } });

    const { status } = await control(method, path);

    expect(status).toBe(204);
    expect(await list()).toEqual({ faults: [] });
    expect((await readKeys()).status).toBe(200);
  });

  test('never get the ID of a removed fault', async () => {
    emulator.addFault({ hang: true });
    emulator.clearFaults();

    expect(emulator.addFault({ hang: true })).toBe('fault_2');
  });

  test('do not affect requests to the control API', async () => {
    emulator.addFault({ drop: 'before-read' });

    expect((await control('GET', '/state')).status).toBe(200);
  });

  test('cannot be added by web pages', async () => {
    const headers = { origin: 'https://evil.example' };

    expect((await control('POST', '/faults', { hang: true }, { headers })).status).toBe(403);
    expect(await list()).toEqual({ faults: [] });
  });

  test.each<[string, unknown, string[]]>([
    ['a body that is not JSON', '{', ['JSON']],
    ['a body that is not an object', [], ['object']],
    ['no effect', { path: '/keys', times: 1 }, ['latencyMs', 'accountToken']],
    ['two effects', { answer: { status: 503 }, hang: true }, ['at hang', 'answer']],
    ['an unknown field', { hang: true, conection: 'slack-main' }, ['conection']],
    ['an unknown field of the answer', { answer: { status: 503, statusText: 'x' } }, ['statusText']],
    ['an informational status', { answer: { status: 100 } }, ['at answer.status']],
    ['a header that cannot be sent', { answer: { status: 200, headers: { 'a b': 'x' } } }, ['a b']],
    [
      'a header value that cannot be sent',
      { answer: { status: 200, headers: { 'x-a': ['ok', 'a\nb'] } } },
      ['at answer.headers["x-a"]'],
    ],
    [
      'a header that is not a string',
      { answer: { status: 200, headers: { x: 1 } } },
      ['at answer.headers.x'],
    ],
    ['an unknown moment', { drop: 'later' }, ['at drop']],
    ['hang set to false', { hang: false }, ['at hang']],
    ['an unknown state of the token', { token: 'valid' }, ['at token']],
    ['an unknown state of an account token', { accountToken: '' }, ['at accountToken']],
    ['a limit of zero requests', { hang: true, times: 0 }, ['at times']],
    ['a latency above the limit of timers', { latencyMs: 2 ** 31 }, ['at latencyMs']],
    ['a method in lower case', { hang: true, method: 'post' }, ['at method']],
    ['a path with a query', { hang: true, path: '/keys?x=1' }, ['at path']],
    ['a path without a slash', { hang: true, path: 'keys' }, ['at path']],
    ['an empty connection', { hang: true, connection: '' }, ['at connection']],
  ])('are rejected with the name of the field if they have %s', async (_name, fault, named) => {
    emulator.addFault({ answer: { status: 503 } });
    const before = await list();

    const { status, json } = await control('POST', '/faults', fault);

    expect(status).toBe(400);
    for (const text of named) expect(json).toMatchObject({ message: expect.stringContaining(text) });
    expect(await list()).toEqual(before);
  });
});
