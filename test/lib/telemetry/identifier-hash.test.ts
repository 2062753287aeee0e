import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { identifierHash } from '../../../lib/telemetry/identifier-hash.ts';

const secret = 'a-secret';

test('the hash has 16 hexadecimal digits and never changes', () => {
  const hash = identifierHash('user_ada', secret);

  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(identifierHash('user_ada', secret)).toBe(hash);
});

test('the hash is different for each user and each secret', () => {
  const hashes = [
    identifierHash('user_ada', secret),
    identifierHash('user_grace', secret),
    identifierHash('user_ada', 'another-secret'),
    identifierHash('user_grace', 'another-secret'),
  ];

  expect(new Set(hashes).size).toBe(4);
});

test('the hash uses its own key, and neither the secret nor the key of cursors', () => {
  const cursorKey = createHmac('sha256', secret).update('scalekit-lambda-tools cursor').digest();
  const keys = [secret, cursorKey, cursorKey.toString('hex')];

  const others = keys.map((key) => createHmac('sha256', key).update('user_ada').digest('hex').slice(0, 16));

  expect(others).not.toContain(identifierHash('user_ada', secret));
});
