import { expect, test } from 'vitest';
import { derivedKey, givenKey } from '../../../lib/writes/write-key.ts';

const call = {
  tool: 'acme_create_thing',
  identifier: 'user_ada',
  input: { a: 1, b: { c: [1, 2], d: null } },
};

test.each([
  ['another tool', { ...call, tool: 'acme_create_other' }, 'key'],
  ['another user', { ...call, identifier: 'user_grace' }, 'key'],
  ['another key', call, 'key2'],
  ['another boundary between tool and user', { ...call, tool: 'acme_create_thing","user_ada' }, 'key'],
])('a key from the caller leads to another record for %s', (_, other, key) => {
  expect(givenKey(other, key).id).not.toBe(givenKey(call, 'key').id);
});

test('if the caller sends a key, another input changes only the input hash of the record', () => {
  const [one, other] = [givenKey(call, 'key'), givenKey({ ...call, input: { a: 2 } }, 'key')];

  expect(other.id).toBe(one.id);
  expect(other.inputHash).not.toBe(one.inputHash);
});

test('a derived key depends on the user, the tool and the input', () => {
  const { id } = derivedKey(call, 60);

  expect(derivedKey({ ...call, input: { b: { d: null, c: [1, 2] }, a: 1 } }, 60).id).toBe(id);
  for (const other of [{ tool: 'x' }, { identifier: 'x' }, { input: { a: 1, b: { c: [2, 1], d: null } } }])
    expect(derivedKey({ ...call, ...other }, 60).id).not.toBe(id);
});

test('a key from the caller never equals a derived key', () => {
  const { id, inputHash } = derivedKey(call, 60);

  for (const key of [inputHash, id, 'derived']) expect(givenKey(call, key).id).not.toBe(id);
});
