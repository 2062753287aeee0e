import { describe, expect, test } from 'vitest';
import { CursorCodec, type CursorScope, type Position } from '../../../lib/contract/cursor.ts';

const codec = new CursorCodec('test-secret');
const scope: CursorScope = { tool: 'gmail_list_unread', identifier: 'user_1', input: { label: 'Work' } };
const position: Position = { token: 'page-2', given: 3, size: 10 };
const cursor = codec.encode(position, scope);

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('CursorCodec', () => {
  test.each<{ name: string; position: Position }>([
    { name: 'a position inside a page', position },
    { name: 'the first page', position: { token: undefined, given: 4, size: 10 } },
    { name: 'the beginning of a page', position: { token: 'x', given: 0, size: 1 } },
    { name: 'an empty token', position: { token: '', given: 0, size: 1 } },
    { name: 'a token of any characters', position: { token: 'ü/"\\\u0000😀', given: 0, size: 100 } },
    { name: 'a long token', position: { token: 'x'.repeat(2_000), given: 99, size: 100 } },
  ])('reads the cursor that it wrote: $name', ({ position }) => {
    // Act
    const written = codec.encode(position, scope);
    const read = codec.decode(written, scope);

    // Assess
    expect(read).toStrictEqual(position);
    expect(written).toMatch(/^[\w-]+$/);
  });

  test('reads a cursor of another instance that has the same secret', () => {
    // Act
    const read = new CursorCodec('test-secret').decode(cursor, structuredClone(scope));

    // Assess
    expect(read).toStrictEqual(position);
  });

  test.each<{ name: string; other: CursorScope }>([
    { name: 'tool', other: { ...scope, tool: 'gmail_list_filters' } },
    { name: 'identifier', other: { ...scope, identifier: 'user_2' } },
    { name: 'input', other: { ...scope, input: { label: 'Home' } } },
    { name: 'input with one more key', other: { ...scope, input: { label: 'Work', q: 'x' } } },
    { name: 'input without keys', other: { ...scope, input: {} } },
    {
      name: 'boundary between tool and identifier',
      other: { ...scope, tool: `${scope.tool}user`, identifier: '_1' },
    },
  ])('rejects a cursor that was written for another $name', ({ other }) => {
    expect(codec.decode(cursor, other)).toBeUndefined();
  });

  test('rejects a cursor that was signed with another secret', () => {
    expect(new CursorCodec('other-secret').decode(cursor, scope)).toBeUndefined();
  });

  test('rejects a cursor if any character was changed', () => {
    // Prepare
    const changed = [...cursor].flatMap((character, index) =>
      [...BASE64URL]
        .filter((other) => other !== character)
        .map((other) => cursor.slice(0, index) + other + cursor.slice(index + 1)),
    );

    // Act
    const accepted = changed.filter((other) => codec.decode(other, scope) !== undefined);

    // Assess
    expect(changed).toHaveLength(cursor.length * 63);
    expect(accepted).toEqual([]);
  });

  test('rejects every other Base64 spelling of the same bytes', () => {
    // Prepare
    const bytes = Buffer.from(cursor, 'base64url');
    const spellings = [
      `${cursor}=`,
      `${cursor}==`,
      `${cursor}\n`,
      ` ${cursor}`,
      `${cursor.slice(0, 5)} ${cursor.slice(5)}`,
      `${cursor.slice(0, 5)}!${cursor.slice(5)}`,
    ].concat([bytes.toString('base64')].filter((base64) => base64 !== cursor));

    for (const spelling of spellings) {
      // Act
      const read = codec.decode(spelling, scope);

      // Assess
      expect(Buffer.from(spelling, 'base64url')).toEqual(bytes);
      expect(read).toBeUndefined();
    }
  });

  test('rejects a cursor whose unused last bits are set', () => {
    // Prepare
    const padded = ['a', 'ab', 'abc'].map((token) => codec.encode({ token, given: 0, size: 1 }, scope));
    const siblings = padded.flatMap((canonical) =>
      [...BASE64URL]
        .map((last) => canonical.slice(0, -1) + last)
        .filter(
          (other) =>
            other !== canonical &&
            Buffer.from(other, 'base64url').equals(Buffer.from(canonical, 'base64url')),
        ),
    );

    // Act
    const accepted = siblings.filter((other) => codec.decode(other, scope) !== undefined);

    // Assess
    expect(siblings.length).toBeGreaterThan(0);
    expect(accepted).toEqual([]);
  });

  test.each([
    ['an empty text', ''],
    ['garbage', 'not a cursor'],
    ['a URL', 'https://example.com/?page=2'],
    ['a part of the authentication code', cursor.slice(0, 10)],
    [
      'an authentication code without a position',
      Buffer.from(cursor, 'base64url').subarray(0, 16).toString('base64url'),
    ],
    ['sixteen zero bytes', Buffer.alloc(16).toString('base64url')],
    ['a position without an authentication code', Buffer.from('["page-2",3,10]').toString('base64url')],
    ['a shortened cursor', cursor.slice(0, -4)],
    ['a lengthened cursor', `${cursor}AAAA`],
    ['a text of a megabyte', 'A'.repeat(1_000_000)],
    ['characters that Base64 does not have', 'ü😀\u0000\ud800'],
  ])('rejects %s', (_, other) => {
    expect(codec.decode(other, scope)).toBeUndefined();
  });

  test('writes cursors that contain neither the secret nor the user', () => {
    // Act
    const bytes = Buffer.from(cursor, 'base64url').toString('latin1');

    // Assess
    expect(bytes).not.toContain('test-secret');
    expect(bytes).not.toContain('user_1');
  });
});
