import { expect, test } from 'vitest';
import { start as startGmail } from '../local/provider.ts';

// The `emulate` package allows 5,000 requests with one token in an hour.
const CALLS = 5_100;
const AT_ONCE = 20;

test('the emulated Gmail accepts more than 5,000 requests of one user', async () => {
  const gmail = await startGmail();
  const statuses = new Map<number, number>();
  let left = CALLS;
  const work = async () => {
    while (left-- > 0) {
      const { status, body } = await fetch(`${gmail.url}/gmail/v1/users/me/labels`, {
        headers: { authorization: 'Bearer ya29.local-ada' },
      });
      await body?.cancel();
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };

  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await gmail.close();

  expect(Object.fromEntries(statuses)).toEqual({ 200: CALLS });
}, 120_000);
