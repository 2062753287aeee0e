import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { identifierHash } from '../../../lib/telemetry/identifier-hash.ts';

const DOCUMENT = join(import.meta.dirname, '../../../docs/settings.md');
const secret = 'a-secret';

test('is 16 constant hexadecimal digits', () => {
  const hash = identifierHash('user_ada', secret);

  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(identifierHash('user_ada', secret)).toBe(hash);
});

test('differs between users, and between secrets', () => {
  const hashes = [
    identifierHash('user_ada', secret),
    identifierHash('user_grace', secret),
    identifierHash('user_ada', 'another-secret'),
    identifierHash('user_grace', 'another-secret'),
  ];

  expect(new Set(hashes).size).toBe(4);
});

test('has a key of its own: neither the secret itself nor that of cursors', () => {
  const cursorKey = createHmac('sha256', secret).update('scalekit-lambda-tools cursor').digest();
  const keys = [secret, cursorKey, cursorKey.toString('hex')];

  const others = keys.map((key) => createHmac('sha256', key).update('user_ada').digest('hex').slice(0, 16));

  expect(others).not.toContain(identifierHash('user_ada', secret));
});

test('is what the command in docs/settings.md prints', async () => {
  const [, script = ''] = /^node -e '([^']+)' user_123$/m.exec(await readFile(DOCUMENT, 'utf8')) ?? [];

  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, 'user_123'], {
    env: { SCALEKIT_CLIENT_SECRET: secret },
  });

  expect(stdout).toBe(`${identifierHash('user_123', secret)}\n`);
});
