import { expect, test } from 'vitest';
import { RequestLog } from '../../../local/scalekit/recorded-request.ts';

const begin = (log: RequestLog, url: string) =>
  log.begin({ method: 'GET', url, headers: {} }, 'proxy', 'http/1.1');

test('the log contains the latest 2,000 requests, always in the same array, and counts all requests', () => {
  const log = new RequestLog();
  const { entries } = log;

  for (let number = 1; number <= 5_000; number += 1) begin(log, `/proxy/${number}`);

  expect(entries).toHaveLength(2_000);
  expect(entries.at(0)?.path).toBe('/proxy/3001');
  expect(entries.at(-1)?.path).toBe('/proxy/5000');
  expect(log.count).toBe(5_000);
});

test('the log of requests contains at most 20 MB of bodies', () => {
  const log = new RequestLog();

  for (let number = 1; number <= 30; number += 1) {
    const path = `/proxy/${number}`;
    begin(log, path).forwarded = {
      method: 'POST',
      url: path,
      path,
      headers: {},
      body: 'x'.repeat(1024 * 1024),
    };
  }

  expect(log.entries.length).toBeGreaterThanOrEqual(20);
  expect(log.entries.length).toBeLessThanOrEqual(21);
  expect(log.entries.at(-1)?.path).toBe('/proxy/30');
});
