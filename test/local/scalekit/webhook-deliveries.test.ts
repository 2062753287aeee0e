import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type ScalekitEmulator,
  startScalekitEmulator,
} from '../../../local/scalekit/start-scalekit-emulator.ts';
import { startRecordingServer } from '../../support/recording-server.ts';
import { SECRET } from '../../support/webhook-bed.ts';
import { createSeed } from './emulator-fixture.ts';

let emulator: ScalekitEmulator;
let server: Awaited<ReturnType<typeof startRecordingServer>>;
let status: number;
beforeEach(async () => {
  status = 200;
  server = await startRecordingServer((_request, response) => {
    if (status) response.writeHead(status).end();
  });
  emulator = await startScalekitEmulator({ seed: createSeed('http://127.0.0.1:1') });
  emulator.setAccount('slack-main', 'carol', { status: 'ACTIVE' });
  emulator.deliverWebhooks({ url: `${server.url}/hook`, secret: SECRET });
});
afterEach(async () => {
  await emulator.close();
  await server.close();
});

test('a changed status is delivered, signed', async () => {
  emulator.setAccount('slack-main', 'carol', { status: 'EXPIRED' });

  await expect.poll(() => server.received).toHaveLength(1);
  const { url, headers, body = '' } = server.received[0] ?? {};
  expect(url).toBe('/hook');
  const payload = new Webhook(SECRET).verify(body, {
    'webhook-id': String(headers?.['webhook-id']),
    'webhook-timestamp': String(headers?.['webhook-timestamp']),
    'webhook-signature': String(headers?.['webhook-signature']),
  });
  expect(payload).toMatchObject({
    type: 'connected_account.status_updated',
    occurred_at: expect.stringMatching(/^\d{4}-.*Z$/),
    data: { identifier: 'carol', connection_name: 'slack-main', status: 'EXPIRED', old_status: 'ACTIVE' },
  });
});

test('nothing else is', async () => {
  emulator.setAccount('slack-main', 'carol', { status: 'ACTIVE' });
  emulator.setAccount('slack-main', 'new', {});
  emulator.deleteAccount('slack-main', 'new');
  emulator.reset();
  await emulator.close();

  expect(server.received).toEqual([]);
});

test('what is refused is delivered again under the same ID', async () => {
  status = 503;
  emulator.setAccount('slack-main', 'carol', { status: 'EXPIRED' });
  await expect.poll(() => server.received).toHaveLength(1);
  status = 200;

  await expect.poll(() => server.received, { timeout: 3_000 }).toHaveLength(2);
  const ids = server.received.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(1);
});

test('close ends a delivery that is under way', async () => {
  status = 0;
  emulator.setAccount('slack-main', 'carol', { status: 'EXPIRED' });
  await expect.poll(() => server.received).toHaveLength(1);
  const startedAtMs = performance.now();

  await emulator.close();

  expect(performance.now() - startedAtMs).toBeLessThan(1_000);
});
