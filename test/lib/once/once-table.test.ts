import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type OnceClaim, OnceTable } from '../../../lib/once/once-table.ts';
import { type FaultyDynamoDb, startFaultyDynamoDb } from '../../support/faulty-dynamodb.ts';

const { signal } = new AbortController();
const unavailable = { name: 'ToolError', code: 'dependency_unavailable' };

let dynamoDb: FaultyDynamoDb;
let table: OnceTable;
let what: string;
beforeAll(async () => {
  dynamoDb = await startFaultyDynamoDb();
  return () => dynamoDb.close();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  dynamoDb.operations.length = 0;
  table = newTable();
  what = crypto.randomUUID();
});
afterEach(() => {
  dynamoDb.fault = () => undefined;
  vi.useRealTimers();
});
afterAll(() => vi.useRealTimers());

const newTable = () => new OnceTable(dynamoDb.variables.IDEMPOTENCY_TABLE ?? '', 'test#', dynamoDb.variables);
const inSeconds = (seconds: number) => Date.now() + seconds * 1_000;
const pass = (seconds: number) => vi.setSystemTime(inSeconds(seconds));

async function claimed(seconds = 30): Promise<OnceClaim> {
  const claim = await table.claim(what, inSeconds(seconds), signal);
  if (!claim) throw new Error('It was not claimed.');
  return claim;
}

describe('what is claimed', () => {
  test('is claimed by one of many who come at once', async () => {
    const claims = await Promise.all(
      Array.from({ length: 10 }, () => newTable().claim(what, inSeconds(30), signal)),
    );

    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    expect(await table.isKept(what, signal)).toBe(false);
  });

  test('is free again when its lease has ended', async () => {
    await claimed(30);
    pass(29);
    expect(await table.claim(what, inSeconds(30), signal)).toBeUndefined();
    pass(3);
    expect(await table.claim(what, inSeconds(30), signal)).toBeDefined();
  });

  test('is free again once it is released', async () => {
    await table.release(await claimed(), signal);

    expect(await table.claim(what, inSeconds(30), signal)).toBeDefined();
  });

  test('and kept, stays so beyond its lease and as long as it is to', async () => {
    await table.keep(await claimed(), inSeconds(3_600), signal);
    pass(3_590);
    expect([await table.claim(what, inSeconds(30), signal), await table.isKept(what, signal)]).toEqual([
      undefined,
      true,
    ]);
    pass(20);
    expect(await table.claim(what, inSeconds(30), signal)).toBeDefined();
  });

  test('is neither kept nor released by a claim whose lease another one has taken over', async () => {
    const first = await claimed(30);
    pass(40);
    await claimed(30);

    await table.release(first, signal);
    await table.keep(first, inSeconds(3_600), signal);

    expect(await table.claim(what, inSeconds(30), signal)).toBeUndefined();
    expect(await table.isKept(what, signal)).toBe(false);
  });

  test('is in the table as a hash behind its prefix, with a time that DynamoDB deletes it by', async () => {
    const claim = await claimed();

    expect(claim.id).toMatch(/^test#[0-9a-f]{64}$/);
    const { Item } = await dynamoDb.client.send(
      new GetItemCommand({
        TableName: dynamoDb.variables.IDEMPOTENCY_TABLE,
        Key: { id: { S: claim.id } },
      }),
    );
    expect(unmarshall(Item ?? {})).toEqual({
      id: claim.id,
      status: 'INPROGRESS',
      data: claim.claimId,
      expiration: Math.ceil(inSeconds(30) / 1_000),
    });
    expect(new Set(dynamoDb.operations)).not.toContain('GetItem');
  });
});

test('what was never claimed is not kept, and asking leaves nothing behind', async () => {
  expect(await table.isKept(what, signal)).toBe(false);
  expect(await table.claim(what, inSeconds(30), signal)).toBeDefined();
});

describe('a line on which things go wrong', () => {
  test('and loses the answer to the claim, gives the claim to whoever made it', async () => {
    let lost = 0;
    dynamoDb.fault = (operation) => (operation === 'PutItem' && lost++ === 0 ? 'answer lost' : undefined);

    expect(await table.claim(what, inSeconds(30), signal)).toBeDefined();
    expect(dynamoDb.operations).toEqual(['PutItem', 'PutItem']);
  });

  test.each(['lost', 'throttled', 'hangs'] as const)(
    '%s: nothing is claimed, and nothing stays so',
    async (fault) => {
      dynamoDb.fault = (operation) => (operation === 'PutItem' ? fault : undefined);

      await expect(table.claim(what, inSeconds(30), signal)).rejects.toMatchObject(unavailable);

      dynamoDb.fault = () => undefined;
      expect(await table.claim(what, inSeconds(30), signal)).toBeDefined();
    },
  );

  test('whose answers are all lost: the claim is taken back', async () => {
    dynamoDb.fault = (operation) => (operation === 'PutItem' ? 'answer lost' : undefined);

    await expect(table.claim(what, inSeconds(30), signal)).rejects.toMatchObject(unavailable);

    dynamoDb.fault = () => undefined;
    expect(await table.claim(what, inSeconds(30), signal)).toBeDefined();
  });

  test('nobody can tell whether it is kept', async () => {
    dynamoDb.fault = () => 'lost';

    await expect(table.isKept(what, signal)).rejects.toMatchObject(unavailable);
  });
});
