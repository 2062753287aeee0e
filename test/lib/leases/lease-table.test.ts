import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Lease, LeaseTable } from '../../../lib/leases/lease-table.ts';
import { Deadline } from '../../../lib/time/deadline.ts';
import { type FaultyDynamoDb, startFaultyDynamoDb } from '../../support/faulty-dynamodb.ts';

const attributes = { validation: { S: 'a hash' } };
const unavailable = { name: 'ToolError', code: 'dependency_unavailable' };

let dynamoDb: FaultyDynamoDb;
let table: LeaseTable;
let key: string;
let deadline: Deadline;
beforeAll(async () => {
  dynamoDb = await startFaultyDynamoDb();
  return () => dynamoDb.close();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  dynamoDb.operations.length = 0;
  table = newTable();
  key = crypto.randomUUID();
  deadline = new Deadline(20_000);
});
afterEach(() => {
  deadline.end();
  dynamoDb.fault = () => undefined;
  vi.useRealTimers();
});

const newTable = () => new LeaseTable(dynamoDb.variables.IDEMPOTENCY_TABLE ?? '', dynamoDb.variables);
const inSeconds = (seconds: number) => Date.now() + seconds * 1_000;
const pass = (seconds: number) => vi.setSystemTime(inSeconds(seconds));
const claim = (seconds = 30, by = table) =>
  by.claim(key, { expiresAtMs: inSeconds(seconds), attributes }, deadline);
const keep = (lease: Lease, data = 'the result', seconds = 3_600) =>
  table.keep(lease, { data, expiresAtMs: inSeconds(seconds) }, deadline);

async function leased(seconds?: number): Promise<Lease> {
  const { lease } = await claim(seconds);
  if (!lease) throw new Error('The key was not claimed.');
  return lease;
}

async function stored() {
  const { Item } = await dynamoDb.client.send(
    new GetItemCommand({
      TableName: dynamoDb.variables.IDEMPOTENCY_TABLE,
      Key: { id: { S: key } },
      ConsistentRead: true,
    }),
  );
  return Item && unmarshall(Item);
}

describe('a key', () => {
  test('can be claimed by only one of many concurrent callers', async () => {
    const claims = await Promise.all(Array.from({ length: 10 }, () => claim(30, newTable())));

    expect(claims.filter(({ lease }) => lease)).toHaveLength(1);
  });

  test('can be claimed again after its lease has expired, even if its item is not yet deleted', async () => {
    await leased(30);
    pass(29);
    expect((await claim()).lease).toBeUndefined();
    pass(3);
    expect(await stored()).toBeDefined();
    expect((await claim()).lease).toBeDefined();
  });

  test('can be claimed again after its lease was released', async () => {
    await table.release(await leased(), deadline);

    expect(await stored()).toBeUndefined();
    expect((await claim()).lease).toBeDefined();
  });

  test('cannot be claimed while it has a stored result, even after the lease has ended', async () => {
    await keep(await leased());
    pass(3_590);
    expect((await claim()).lease).toBeUndefined();
    expect(await table.read(key, deadline)).toMatchObject({ status: 'COMPLETED', data: 'the result' });
    pass(20);
    expect((await claim()).lease).toBeDefined();
  });

  test('has an item with the lease, the given attributes and the time of expiry for DynamoDB', async () => {
    const lease = await leased();
    const running = await stored();
    await keep(lease);

    expect(running).toEqual({
      id: key,
      status: 'INPROGRESS',
      data: lease.leaseId,
      validation: 'a hash',
      expiration: Math.ceil(inSeconds(30) / 1_000),
    });
    expect(await stored()).toEqual({
      ...running,
      status: 'COMPLETED',
      data: 'the result',
      expiration: Math.ceil(inSeconds(3_600) / 1_000),
    });
    // The accounts function claims and releases keys. It has no permission to read items.
    await claim();
    expect(dynamoDb.operations).not.toContain('GetItem');
  });

  test('has no item if it was never claimed', async () => {
    expect(await table.read(key, deadline)).toBeUndefined();
  });
});

describe('a lease that has ended', () => {
  test.each([
    ['release', (lease: Lease) => table.release(lease, deadline)],
    ['keep', (lease: Lease) => keep(lease, 'of the first')],
  ])('cannot %s a key that another caller has claimed', async (_, step) => {
    const first = await leased(30);
    pass(40);
    const second = await leased(30);

    await step(first);

    expect(await stored()).toMatchObject({ status: 'INPROGRESS', data: second.leaseId });
  });

  test('cannot change the result that it has stored', async () => {
    const lease = await leased();
    await keep(lease);

    await keep(lease, 'another');
    await table.release(lease, deadline);

    expect(await stored()).toMatchObject({ status: 'COMPLETED', data: 'the result' });
  });
});

describe.each(['lost', 'answer lost', 'throttled'] as const)(
  'a LeaseTable whose first request fails (%s)',
  (fault) => {
    const once = (wanted: string) => {
      let left = 1;
      dynamoDb.fault = (operation) => (operation === wanted && left-- > 0 ? fault : undefined);
    };

    test('claims a key with a second request', async () => {
      once('PutItem');

      expect((await claim()).lease).toBeDefined();
      expect(dynamoDb.operations).toEqual(['PutItem', 'PutItem']);
    });

    test('stores a result with a second request', async () => {
      const lease = await leased();
      once('UpdateItem');
      await keep(lease);

      expect(await stored()).toMatchObject({ status: 'COMPLETED', data: 'the result' });
    });

    test('releases a key with a second request', async () => {
      const lease = await leased();
      once('DeleteItem');
      await table.release(lease, deadline);

      expect(await stored()).toBeUndefined();
    });
  },
);

describe('a table that cannot be reached', () => {
  test.each(['lost', 'answer lost', 'throttled', 'hangs'] as const)(
    'makes a claim fail (%s), and the key stays free',
    async (fault) => {
      dynamoDb.fault = (operation) => (operation === 'PutItem' ? fault : undefined);

      await expect(claim()).rejects.toMatchObject(unavailable);

      dynamoDb.fault = () => undefined;
      expect((await claim()).lease).toBeDefined();
    },
  );

  test('makes a read of a key fail', async () => {
    dynamoDb.fault = () => 'lost';

    await expect(table.read(key, deadline)).rejects.toMatchObject(unavailable);
  });

  test('makes the storing of a result and the release of a key fail', async () => {
    const lease = await leased();
    dynamoDb.fault = () => 'lost';

    await expect(keep(lease)).rejects.toThrow();
    await expect(table.release(lease, deadline)).rejects.toThrow();
  });
});

describe('the deadline of a call', () => {
  test('ends a claim immediately', async () => {
    dynamoDb.fault = () => 'hangs';
    const startedAtMs = performance.now();
    const claiming = claim();
    deadline.end();

    await expect(claiming).rejects.toMatchObject(unavailable);
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });

  test('does not end the storing of a result or the release of a key', async () => {
    const [released, kept] = [await leased(), key];
    key = crypto.randomUUID();
    const lease = await leased();
    deadline.end();

    await keep(lease);
    await table.release(released, deadline);

    expect(await stored()).toMatchObject({ status: 'COMPLETED' });
    key = kept;
    expect(await stored()).toBeUndefined();
  });
});
