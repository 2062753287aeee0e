import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newClaim } from '../../../lib/writes/claim.ts';
import { givenKey, type WriteKey } from '../../../lib/writes/write-key.ts';
import { WriteRecords } from '../../../lib/writes/write-records.ts';
import { type FaultyDynamoDb, startFaultyDynamoDb } from '../../support/faulty-dynamodb.ts';

let table: FaultyDynamoDb;
let records: WriteRecords;
beforeAll(async () => {
  table = await startFaultyDynamoDb();
  records = new WriteRecords('idempotency', table.variables);
});
afterAll(() => table.close());

let key: WriteKey;
beforeEach(() => {
  key = givenKey({ tool: 'acme_create_thing', identifier: 'user_ada', input: {} }, crypto.randomUUID());
  table.fault = () => undefined;
  table.operations.length = 0;
});

const signal = () => AbortSignal.timeout(5_000);
const soon = () => Date.now() + 30_000;
const claimAnew = (endsAtMs = soon()) => {
  const claim = newClaim(key);
  return { claim, claimed: records.claim(claim, endsAtMs, signal()) };
};

async function stored() {
  const { Item } = await table.client.send(
    new GetItemCommand({ TableName: 'idempotency', Key: { id: { S: key.id } }, ConsistentRead: true }),
  );
  return Item && unmarshall(Item);
}

test('a claim keeps others off until it is freed', async () => {
  const { claim, claimed } = claimAnew();

  expect(await claimed).toBeUndefined();
  expect(await claimAnew().claimed).toMatchObject({ status: 'INPROGRESS', inputHash: key.inputHash });
  await records.free(claim, signal());
  expect(await stored()).toBeUndefined();
  expect(await claimAnew().claimed).toBeUndefined();
});

test('an answer is kept for those who come later', async () => {
  const { claim, claimed } = claimAnew();
  await claimed;
  await records.complete(claim, 'the answer', signal());

  expect(await claimAnew().claimed).toMatchObject({ status: 'COMPLETED', data: 'the answer' });
});

test('a record holds hashes and the answer, and nothing else that a call has', async () => {
  key = givenKey({ tool: 'acme_create_thing', identifier: 'user_ada', input: { title: 'Secret' } }, 'my-key');
  const { claim, claimed } = claimAnew();
  await claimed;
  const running = await stored();
  await records.complete(claim, '{"output":{}}', signal());

  expect(running).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{64}$/),
    status: 'INPROGRESS',
    validation: expect.stringMatching(/^[0-9a-f]{64}$/),
    data: claim.claimId,
    in_progress_expiration: expect.any(Number),
    expiration: expect.any(Number),
  });
  expect(await stored()).toEqual({
    ...running,
    status: 'COMPLETED',
    data: '{"output":{}}',
    expiration: expect.any(Number),
  });
  expect(JSON.stringify([running, await stored()])).not.toMatch(/Secret|user_ada|my-key/);
});

test('a record whose function can no longer run is not claimed again', async () => {
  await claimAnew(Date.now() - 1).claimed;

  expect(await claimAnew().claimed).toMatchObject({ status: 'INPROGRESS' });
});

test('an expired record is claimed again though it is still there', async () => {
  await claimAnew(Date.now() - 2 * 86_400_000).claimed;

  expect(await stored()).toBeDefined();
  expect(await claimAnew().claimed).toBeUndefined();
});

describe('a claim that has ended', () => {
  test.each(['free', 'complete'] as const)('cannot %s what another has claimed since', async (step) => {
    const first = claimAnew();
    await first.claimed;
    await records.free(first.claim, signal());
    const second = claimAnew();
    await second.claimed;

    await (step === 'free'
      ? records.free(first.claim, signal())
      : records.complete(first.claim, 'of the first', signal()));

    expect(await stored()).toMatchObject({ status: 'INPROGRESS', data: second.claim.claimId });
  });

  test('cannot change what it kept', async () => {
    const { claim, claimed } = claimAnew();
    await claimed;
    await records.complete(claim, 'the answer', signal());

    await records.complete(claim, 'another', signal());
    await records.free(claim, signal());

    expect(await stored()).toMatchObject({ status: 'COMPLETED', data: 'the answer' });
  });
});

describe.each(['lost', 'answer lost', 'throttled'] as const)('what is %s once is sent again', (fault) => {
  const once = (wanted: string) => {
    let left = 1;
    table.fault = (operation) => (operation === wanted && left-- > 0 ? fault : undefined);
  };

  test('a claim', async () => {
    once('PutItem');

    expect(await claimAnew().claimed).toBeUndefined();
    expect(table.operations.filter((operation) => operation === 'PutItem')).toHaveLength(2);
  });

  test('its end', async () => {
    const kept = claimAnew();
    await kept.claimed;
    once('UpdateItem');
    await records.complete(kept.claim, 'the answer', signal());
    expect(await stored()).toMatchObject({ data: 'the answer' });

    key = { ...key, id: crypto.randomUUID() };
    const freed = claimAnew();
    await freed.claimed;
    once('DeleteItem');
    await records.free(freed.claim, signal());
    expect(await stored()).toBeUndefined();
  });
});

test('DynamoDB that cannot be reached is an error', async () => {
  table.fault = () => 'lost';

  await expect(claimAnew().claimed).rejects.toThrow();
});

test('what is aborted ends at once', async () => {
  table.fault = () => 'hangs';
  const controller = new AbortController();
  const claiming = records.claim(newClaim(key), soon(), controller.signal);
  controller.abort();

  await expect(claiming).rejects.toThrow(/abort/i);
});
