import { afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { HttpEvent } from '../../../lib/surfaces/http-event.ts';
import { SECRET_ARN, startSecretsManager } from '../../../local/secrets-manager/start-secrets-manager.ts';
import {
  type DeliveryChanges,
  OTHER_SECRET,
  SECRET,
  signed,
  startWebhookBed,
  statusUpdated,
  type WebhookBed,
} from '../../support/webhook-bed.ts';

const MINUTE_MS = 60_000;
const BODY = statusUpdated();

let bed: WebhookBed;
let id: string;
beforeAll(async () => {
  bed = await startWebhookBed();
  return () => bed.close();
});
beforeEach(() => {
  bed.reset();
  // What one test has delivered is no repetition in the next.
  id = `msg_${crypto.randomUUID()}`;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  expect(bed.logged()).not.toMatch(/user_ada|never-passed-on|whsec|msg_/);
});

const now = () => String(Math.floor(Date.now() / 1_000));
const header = (name: string, value: (good: string) => string) => (): DeliveryChanges => {
  const good: Record<string, string> = signed(BODY, { id });
  return { headers: { ...good, [name]: value(good[name] ?? '') } };
};
const base64 = (text: string): Partial<HttpEvent> => ({
  body: Buffer.from(text, 'utf8').toString('base64'),
  isBase64Encoded: true,
});

describe('a delivery that Scalekit signed is taken', () => {
  test.each<[string, () => DeliveryChanges]>([
    ['as it is', () => ({})],
    ['in base64', () => ({ event: base64(BODY) })],
    [
      'with names of headers in capitals',
      () => {
        const entries = Object.entries(signed(BODY, { id }));
        return {
          event: { headers: Object.fromEntries(entries.map(([name, value]) => [name.toUpperCase(), value])) },
        };
      },
    ],
    ['almost five minutes ago', () => ({ sentAtMs: Date.now() - 5 * MINUTE_MS + 2_000 })],
    ['on a clock that is before ours', () => ({ sentAtMs: Date.now() + 4 * MINUTE_MS })],
    ['with another secret as well', header('webhook-signature', (good) => `v1,AAAA ${good}`)],
    ['in a later version as well', header('webhook-signature', (good) => `${good} v1a,AAAA`)],
    ['with text that is not ASCII', () => ({ body: statusUpdated({ note: 'Göteborg 🚲' }) })],
    [
      'with a byte order mark that is signed',
      () => ({ body: `\uFEFF${BODY}`, event: base64(`\uFEFF${BODY}`) }),
    ],
  ])('%s', async (_, changes) => {
    const answer = await bed.environment()({ id, ...changes() });

    expect([answer.status, answer.json]).toEqual([200, {}]);
  });
});

describe('anything else is 401, without effect', () => {
  test.each<[string, () => DeliveryChanges]>([
    ['signed with another secret', () => ({ secret: OTHER_SECRET })],
    ['old', () => ({ sentAtMs: Date.now() - 5 * MINUTE_MS - 2_000 })],
    ['of the future', () => ({ sentAtMs: Date.now() + 5 * MINUTE_MS + 2_000 })],
    [
      'old, with a new time',
      () => {
        const old = signed(BODY, { id, sentAtMs: Date.now() - 60 * MINUTE_MS });
        return { headers: { ...old, 'webhook-timestamp': now() } };
      },
    ],
    ['serialised anew', () => ({ sentBody: JSON.stringify(JSON.parse(BODY), null, 1) })],
    ['with another body', () => ({ sentBody: BODY.replace('user_ada', 'user_grace') })],
    ['with a space more', () => ({ sentBody: `${BODY} ` })],
    ['with a byte order mark that nobody signed', () => ({ event: base64(`\uFEFF${BODY}`) })],
    [
      'with a body that is not UTF-8',
      () => ({
        body: '\uFFFD',
        event: { body: Buffer.from([0xff]).toString('base64'), isBase64Encoded: true },
      }),
    ],
    ['with half a character', () => ({ body: '"\uFFFD"', sentBody: '"\uD83D"' })],
    ['without a body', () => ({ event: { body: null } })],
    ['with another ID', header('webhook-id', (good) => `${good}x`)],
    ['with two IDs', header('webhook-id', (good) => `${good},${good}`)],
    ['with two IDs that were signed so', () => ({ id: 'msg_1,msg_1' })],
    ['without an ID', header('webhook-id', () => '')],
    ['with an ID without end', () => ({ id: 'a'.repeat(257) })],
    ['with an ID of a space', () => ({ id: ' ' })],
    ['with two times', header('webhook-timestamp', (good) => `${good},${good}`)],
    ['with a time that goes on', header('webhook-timestamp', (good) => `${good}abc`)],
    ['with a time in parts', header('webhook-timestamp', (good) => `${good}.5`)],
    ['with a time that begins with nothing', header('webhook-timestamp', (good) => ` ${good}`)],
    ['with a time that begins with zero', header('webhook-timestamp', (good) => `0${good}`)],
    ['with a signed time', header('webhook-timestamp', (good) => `+${good}`)],
    ['with no number as its time', header('webhook-timestamp', () => 'NaN')],
    ['without a time', header('webhook-timestamp', () => '')],
    ['with two signatures in one', header('webhook-signature', (good) => `${good},${good}`)],
    [
      'with two headers of signatures, a good one first',
      header('webhook-signature', (good) => `${good}, v1,AAAA`),
    ],
    ['without the text of a signature', header('webhook-signature', () => 'v1')],
    ['with an empty signature', header('webhook-signature', () => 'v1,')],
    ['with a signature of another version', header('webhook-signature', (good) => good.replace('v1', 'v2'))],
    [
      'with a signature of the version that is public',
      header('webhook-signature', (good) => good.replace('v1', 'v1a')),
    ],
    ['with a signature that is cut', header('webhook-signature', (good) => good.slice(0, -1))],
    ['with a line of spaces', header('webhook-signature', () => '   ')],
    ['without a signature', header('webhook-signature', () => '')],
    [
      'with a header twice',
      () => {
        const good = signed(BODY, { id });
        return { headers: { ...good, 'Webhook-Id': good['webhook-id'] } };
      },
    ],
    ['without headers', () => ({ event: { headers: null } })],
    ["on another's route", () => ({ secret: OTHER_SECRET, event: { routeKey: 'POST /other' } })],
  ])('%s', async (_, changes) => {
    const deliver = bed.environment();

    const { status, error } = await deliver({ id, ...changes() });

    expect([status, error?.code]).toEqual([401, 'unauthenticated']);
    expect([bed.bus.events, bed.dynamoDb.operations, bed.leftActive]).toEqual([[], [], []]);
    expect(bed.logged()).not.toContain('"ERROR"');
  });
});

describe('a secret in Secrets Manager', () => {
  const variables = { SCALEKIT_WEBHOOK_SECRET: '', SCALEKIT_WEBHOOK_SECRET_ARN: SECRET_ARN };

  async function secretsManager(secret = SECRET) {
    const manager = await startSecretsManager(secret);
    for (const [name, value] of Object.entries(manager.variables)) vi.stubEnv(name, value);
    onTestFinished(() => manager.close());
    return manager;
  }
  const fakeDate = () => vi.useFakeTimers({ toFake: ['Date'] });

  test('is read at initialisation, in Lambda, and once', async () => {
    const manager = await secretsManager();
    const deliver = bed.environment({ ...variables, AWS_LAMBDA_FUNCTION_NAME: 'webhook' });
    await expect.poll(() => manager.requests).toHaveLength(1);

    const answers = [await deliver({ id }), await deliver({ id: `${id}2` })];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(manager.requests).toHaveLength(1);
  });

  test('that initialisation could not read is read by the first delivery', async () => {
    const manager = await secretsManager();
    manager.answer(400, { __type: 'AccessDeniedException' });
    const deliver = bed.environment({ ...variables, AWS_LAMBDA_FUNCTION_NAME: 'webhook' });
    await expect.poll(() => manager.requests).toHaveLength(1);
    manager.answer(200, { SecretString: SECRET });

    expect((await deliver({ id })).status).toBe(200);
  });

  test('that initialisation still waits for in vain is read by the first delivery', async () => {
    const manager = await secretsManager();
    manager.hang();
    const deliver = bed.environment({ ...variables, AWS_LAMBDA_FUNCTION_NAME: 'webhook' });
    await expect.poll(() => manager.requests).toHaveLength(1);
    manager.answer(200, { SecretString: SECRET });

    expect((await deliver({ id })).status).toBe(200);
  });

  test('is taken over when it was rotated, by all who come at once', async () => {
    fakeDate();
    const manager = await secretsManager();
    const deliver = bed.environment(variables);
    await deliver({ id });
    manager.answer(200, { SecretString: OTHER_SECRET });
    vi.setSystemTime(Date.now() + MINUTE_MS);

    const answers = await Promise.all(
      ['a', 'b', 'c'].map((suffix) => deliver({ id: `${id}${suffix}`, secret: OTHER_SECRET })),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(manager.requests).toHaveLength(2);
  });

  test('is good while Scalekit signs with the old and the new one', async () => {
    await secretsManager(OTHER_SECRET);
    const both = `${signed(BODY, { id })['webhook-signature']} ${signed(BODY, { id, secret: OTHER_SECRET })['webhook-signature']}`;

    const { status } = await bed.environment(variables)({ id, headers: { 'webhook-signature': both } });

    expect(status).toBe(200);
  });

  test('is asked for once a minute, whatever flood of bad signatures comes', async () => {
    fakeDate();
    const manager = await secretsManager();
    const deliver = bed.environment(variables);
    const startedAtMs = Date.now();
    const requests: number[] = [];
    for (const elapsedMs of [0, 30_000, 59_000, 61_000, 90_000, 120_000, 122_000]) {
      vi.setSystemTime(startedAtMs + elapsedMs);
      const flood = Array.from({ length: 20 }, () => deliver({ id, secret: OTHER_SECRET }));
      for (const { status } of await Promise.all(flood)) expect(status).toBe(401);
      requests.push(manager.requests.length);
    }

    expect(requests).toEqual([1, 1, 1, 2, 2, 2, 3]);
    expect((await deliver({ id })).status).toBe(200);
  });

  test('that cannot be read again stays the one that was read', async () => {
    fakeDate();
    const manager = await secretsManager();
    const deliver = bed.environment(variables);
    await deliver({ id });
    manager.answer(500, {});
    vi.setSystemTime(Date.now() + MINUTE_MS);

    const bad = await deliver({ id: `${id}2`, secret: OTHER_SECRET });
    const good = await deliver({ id: `${id}3` });

    expect([bad.error?.code, good.status]).toEqual(['dependency_unavailable', 200]);
  });

  test.each(['', 'not-a-secret', `${SECRET}\n`, JSON.stringify({ secret: SECRET }), 'whsec_AAAA'])(
    'that is malformed (%j) is for the operator, and is read again once it is mended',
    async (malformed) => {
      fakeDate();
      const manager = await secretsManager();
      manager.answer(200, { SecretString: malformed });
      const deliver = bed.environment(variables);

      const { status, error } = await deliver({ id });
      manager.answer(200, { SecretString: SECRET });
      vi.setSystemTime(Date.now() + MINUTE_MS);
      const mended = await deliver({ id });

      expect([status, error?.code]).toEqual(
        // Secrets Manager itself has no empty secrets.
        malformed === '' ? [503, 'dependency_unavailable'] : [500, 'not_configured'],
      );
      expect(mended.status).toBe(200);
    },
  );
});
