import { afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startRecordingServer } from '../../support/recording-server.ts';
import { startWebhookBed, statusUpdated, type WebhookBed } from '../../support/webhook-bed.ts';

const DAY_SECONDS = 86_400;

let bed: WebhookBed;
let id: string;
beforeAll(async () => {
  bed = await startWebhookBed();
  return () => bed.close();
});
beforeEach(() => {
  bed.reset();
  id = `msg_${crypto.randomUUID()}`;
});
afterEach(() => {
  vi.useRealTimers();
  expect(bed.logged()).not.toMatch(/user_ada|never-passed-on|whsec|msg_/);
});

const DETAIL = {
  identifier: 'user_ada',
  connection: 'gmail',
  status: 'EXPIRED',
  old_status: 'ACTIVE',
  occurred_at: '2026-11-25T09:00:00Z',
};

/** A bus that does what the test says. */
async function busThat(answer: Parameters<typeof startRecordingServer>[0]) {
  const server = await startRecordingServer(answer);
  onTestFinished(() => server.close());
  return { received: server.received, variables: { AWS_ENDPOINT_URL_EVENTBRIDGE: server.url } };
}

describe('a changed status', () => {
  test('becomes one event, with nothing else of what came', async () => {
    const { status, json } = await bed.environment()({ id });

    expect([status, json]).toEqual([200, {}]);
    expect(bed.bus.events).toEqual([
      {
        EventBusName: 'default',
        Source: 'scalekit-lambda-tools',
        DetailType: 'connected_account.status_updated',
        Detail: DETAIL,
      },
    ]);
    expect(bed.logged()).toBe('');
  });

  test.each(['accounts', 'arn:aws:events:eu-west-1:123456789012:event-bus/accounts'])(
    'goes to the bus %s',
    async (bus) => {
      await bed.environment({ EVENT_BUS: bus })({ id });

      expect(bed.bus.events).toEqual([expect.objectContaining({ EventBusName: bus })]);
    },
  );

  test.each([
    ['a status that nobody knows yet', { status: 'REVOKED' }, {}, { status: 'REVOKED' }],
    ['no status before', { old_status: undefined }, {}, { old_status: null }],
    ['no time', {}, { occurred_at: undefined }, { occurred_at: null }],
    ['a time that is none', {}, { occurred_at: 'soon' }, { occurred_at: null }],
    ['a user of another alphabet', { identifier: 'ада' }, {}, { identifier: 'ада' }],
  ])('with %s is passed on all the same', async (_, data, envelope, detail) => {
    const { status } = await bed.environment()({ id, body: statusUpdated(data, envelope) });

    expect(status).toBe(200);
    expect(bed.bus.events).toEqual([expect.objectContaining({ Detail: { ...DETAIL, ...detail } })]);
  });

  test.each([
    ['ACTIVE', 'EXPIRED', ['gmail']],
    ['ACTIVE', 'DISCONNECTED', ['gmail']],
    ['ACTIVE', 'ACTIVE', []],
    ['EXPIRED', 'ACTIVE', []],
    ['PENDING_AUTH', 'PENDING_VERIFICATION', []],
    [undefined, 'EXPIRED', []],
  ])('from %s to %s is counted where the account leaves ACTIVE', async (old_status, status, counted) => {
    const deliver = bed.environment();
    const delivery = { id, body: statusUpdated({ old_status, status }) };

    await deliver(delivery);
    await deliver(delivery);

    expect(bed.leftActive).toEqual(counted);
  });
});

describe('a delivery that comes again', () => {
  test('has no effect, on any environment, for a day', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await bed.environment()({ id });
    const deliver = bed.environment();
    const answers = [await deliver({ id })];
    vi.setSystemTime(Date.now() + (DAY_SECONDS - 10) * 1_000);
    answers.push(await deliver({ id }));

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect([bed.bus.events.length, bed.leftActive.length]).toEqual([1, 1]);
  });

  test('many times at once has one effect', async () => {
    const environments = [bed.environment(), bed.environment(), bed.environment()];

    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => environments[index % 3]?.({ id })),
    );

    for (const answer of answers) expect([200, 409]).toContain(answer?.status);
    expect(answers.filter((answer) => answer?.status === 200).length).toBeGreaterThan(0);
    expect([bed.bus.events.length, bed.leftActive.length]).toEqual([1, 1]);
  });

  test('while the first one runs is to come later', async () => {
    const first = Promise.withResolvers<void>();
    const hanging = await busThat(async (_request, response) => {
      await first.promise;
      response.end(JSON.stringify({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] }));
    });
    const running = bed.environment(hanging.variables)({ id });
    await expect.poll(() => hanging.received).toHaveLength(1);

    const { status, error } = await bed.environment()({ id });
    first.resolve();

    expect([status, error?.code]).toEqual([409, 'request_in_progress']);
    expect([(await running).status, (await bed.environment()({ id })).status]).toEqual([200, 200]);
    expect(bed.bus.events).toEqual([]);
  });

  test.each<[string, Parameters<typeof startRecordingServer>[0]]>([
    [
      'refuses the entry',
      (_request, response) =>
        void response.end(
          JSON.stringify({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] }),
        ),
    ],
    [
      'may not be written to',
      (_request, response) =>
        void response.writeHead(400).end(JSON.stringify({ __type: 'AccessDeniedException' })),
    ],
    ['cannot be reached', (request) => void request.socket.destroy()],
    ['answers 500', (_request, response) => void response.writeHead(500).end('{}')],
  ])('after the bus %s has its effect', async (_, answer) => {
    const broken = await busThat(answer);
    const first = await bed.environment(broken.variables)({ id });

    const again = await bed.environment()({ id });

    expect([first.status, first.error?.code]).toEqual([503, 'dependency_unavailable']);
    expect(again.status).toBe(200);
    expect([bed.bus.events.length, bed.leftActive.length]).toEqual([1, 1]);
  });

  test('after an environment died has its effect, once the lease has ended', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const never = await busThat(() => {});
    void bed.environment(never.variables)({ id });
    await expect.poll(() => never.received).toHaveLength(1);
    const deliver = bed.environment();
    const statuses = [(await deliver({ id })).status];
    vi.setSystemTime(Date.now() + 29_000);
    statuses.push((await deliver({ id })).status);
    vi.setSystemTime(Date.now() + 13_000);
    statuses.push((await deliver({ id })).status);

    expect(statuses).toEqual([409, 409, 200]);
    expect(bed.bus.events).toHaveLength(1);
  });

  test('and never ended, since it could not be kept, is not done twice while its lease lasts', async () => {
    bed.dynamoDb.fault = (operation) => (operation === 'UpdateItem' ? 'lost' : undefined);
    const first = await bed.environment()({ id });
    bed.dynamoDb.fault = () => undefined;

    const again = await bed.environment()({ id });

    expect([first.status, again.status]).toEqual([200, 409]);
    expect(bed.bus.events).toHaveLength(1);
    expect(bed.logged()).toContain('a delivery could not be kept');
  });
});

test.each(['lost', 'throttled', 'hangs'] as const)(
  'a table that is down (%s): Scalekit is to come again',
  async (fault) => {
    bed.dynamoDb.fault = () => fault;
    const { status, error } = await bed.environment()({ id });
    bed.dynamoDb.fault = () => undefined;

    expect([status, error?.code]).toEqual([503, 'dependency_unavailable']);
    expect(bed.bus.events).toEqual([]);
    expect((await bed.environment()({ id })).status).toBe(200);
  },
);

test('a bus that takes no more: the operator is told where the delivery could not be freed', async () => {
  const broken = await busThat((_request, response) => void response.writeHead(500).end('{}'));
  bed.dynamoDb.fault = (operation) => (operation === 'DeleteItem' ? 'lost' : undefined);

  const { status } = await bed.environment(broken.variables)({ id });

  expect(status).toBe(503);
  expect(bed.logged()).toContain('a delivery could not be freed');
});

describe('without effect is', () => {
  test.each([
    ['another event', statusUpdated({}, { type: 'organization.created' })],
    ['an event without a type', statusUpdated({}, { type: undefined })],
    ['what is no JSON', 'user_ada'],
    ['nothing', ''],
    ['a list', '[]'],
    ['what nests without end', '['.repeat(100_000)],
  ])('%s', async (_, body) => {
    const { status, json } = await bed.environment()({ id, body });

    expect([status, json]).toEqual([200, {}]);
    expect([bed.bus.events, bed.dynamoDb.operations, bed.logged()]).toEqual([[], [], '']);
  });

  test.each([
    ['without data', statusUpdated({}, { data: undefined })],
    ['without a user', statusUpdated({ identifier: undefined })],
    ['with an empty user', statusUpdated({ identifier: '' })],
    ['with a user without end', statusUpdated({ identifier: 'user_ada'.repeat(1_000) })],
    ['without a connection', statusUpdated({ connection_name: null })],
    ['with a status that is none', statusUpdated({ status: 'user_ada' })],
  ])('a changed status %s: it is not asked for again, and the operator is called', async (_, body) => {
    const { status } = await bed.environment()({ id, body });

    expect(status).toBe(200);
    expect(bed.bus.events).toEqual([]);
    expect(bed.logged()).toMatch(/^\{"level":"ERROR".*"response_faults":\["data/);
  });
});

test('without a table it works unguarded, and the operator is warned once', async () => {
  const deliver = bed.environment({ IDEMPOTENCY_TABLE: 'none' });

  const answers = [await deliver({ id }), await deliver({ id })];

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(bed.bus.events).toHaveLength(2);
  expect(bed.logged().match(/IDEMPOTENCY_TABLE is none/g)).toHaveLength(1);
});

test('a route that is not its own is a fault', async () => {
  const { error } = await bed.environment()({ id, event: { routeKey: 'POST /other' } });

  expect(error?.code).toBe('internal_error');
});
