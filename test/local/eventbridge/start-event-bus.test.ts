import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type EventBus, startEventBus } from '../../../local/eventbridge/start-event-bus.ts';

let bus: EventBus;
let client: EventBridgeClient;
beforeAll(async () => {
  bus = await startEventBus();
  client = new EventBridgeClient({
    endpoint: bus.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
beforeEach(() => {
  bus.events.length = 0;
});
afterAll(async () => {
  client.destroy();
  await bus.close();
});

const put = (...details: string[]) =>
  client.send(
    new PutEventsCommand({
      Entries: details.map((Detail) => ({ Source: 'test', DetailType: 'happened', Detail })),
    }),
  );

test('keeps what is put, and shows it', async () => {
  const answer = await put('{"a":1}', '{"a":2}');

  expect(answer).toMatchObject({
    FailedEntryCount: 0,
    Entries: [{ EventId: expect.any(String) }, { EventId: expect.any(String) }],
  });
  const shown: unknown = await (await fetch(`${bus.url}/events`)).json();
  expect(shown).toEqual({
    events: [1, 2].map((a) => ({
      EventBusName: 'default',
      Source: 'test',
      DetailType: 'happened',
      Detail: { a },
    })),
  });
});

test('refuses an entry whose detail is no object, and takes the others', async () => {
  const answer = await put('text', '{}');

  expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'MalformedDetail' }, {}] });
  expect(bus.events).toHaveLength(1);
});

test.each([
  ['another operation', { 'x-amz-target': 'AWSEvents.ListRules' }, '{}', 400],
  ['no JSON', { 'x-amz-target': 'AWSEvents.PutEvents' }, '{', 400],
  ['no entries', { 'x-amz-target': 'AWSEvents.PutEvents' }, '{"Entries":[]}', 400],
  ['a web page', { 'x-amz-target': 'AWSEvents.PutEvents', origin: 'https://evil.example' }, '{}', 403],
])('refuses %s', async (_, headers, body, status) => {
  expect((await fetch(bus.url, { method: 'POST', headers, body })).status).toBe(status);
});
