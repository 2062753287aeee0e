import { expect, test } from 'vitest';
import { SharedRequests } from '../../../lib/time/shared-requests.ts';

function startRequests() {
  const started: PromiseWithResolvers<string>[] = [];
  const requests = new SharedRequests<string>();
  const wait = (key: string, signal = new AbortController().signal) =>
    requests.wait(key, signal, () => {
      const request = Promise.withResolvers<string>();
      started.push(request);
      return request.promise;
    });
  return { started, wait };
}

test('waiters for one key share a request, also after one of them has left', async () => {
  const { started, wait } = startRequests();
  const leaving = new AbortController();
  const gone = wait('a', leaving.signal);
  const staying = wait('a');
  leaving.abort();
  await expect(gone).rejects.toThrow();
  const joining = wait('a');
  started[0]?.resolve('of a');

  expect(await Promise.all([staying, joining])).toEqual(['of a', 'of a']);
  expect(started).toHaveLength(1);
});

test('each key has its own request, which is dropped when it ends', async () => {
  const { started, wait } = startRequests();
  const both = [wait('a'), wait('b')];
  for (const [index, { resolve }] of started.entries()) resolve(`request ${index}`);
  const first = await Promise.all(both);
  const again = wait('a');
  started[2]?.resolve('request 2');

  expect(first).toEqual(['request 0', 'request 1']);
  expect(await again).toBe('request 2');
});
