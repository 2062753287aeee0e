import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CursorCodec } from '../../../lib/contract/cursor.ts';

const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
});
const position = fc.record(
  {
    token: fc.option(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', size: 'large' })),
      {
        nil: undefined,
      },
    ),
    given: fc.maxSafeNat(),
    size: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  },
  { noNullPrototype: true },
);
const scope = fc.record({
  tool: fc.string(),
  identifier: fc.string(),
  input: fc.dictionary(fc.string(), fc.jsonValue()),
});
const codec = new CursorCodec('test-secret');

describe('a cursor', () => {
  test('is read back unchanged in the scope that it was written for', () => {
    fc.assert(
      fc.property(position, scope, (written, owner) => {
        expect(codec.decode(codec.encode(written, owner), structuredClone(owner))).toStrictEqual(written);
      }),
      { numRuns: 1_500 },
    );
  });

  test('is rejected in any other scope and with any other key', () => {
    fc.assert(
      fc.property(position, scope, scope, (written, owner, other) => {
        fc.pre(JSON.stringify(owner) !== JSON.stringify(other));
        const cursor = codec.encode(written, owner);
        expect(codec.decode(cursor, other)).toBeUndefined();
        expect(new CursorCodec('other-secret').decode(cursor, owner)).toBeUndefined();
      }),
      { numRuns: 1_500 },
    );
  });

  test('is rejected if any character is changed, missing or added', () => {
    const change = fc.constantFrom('replace', 'remove', 'insert');
    fc.assert(
      fc.property(
        position,
        scope,
        fc.nat(),
        fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
        change,
        (written, owner, anywhere, character, kind) => {
          const cursor = codec.encode(written, owner);
          const at = anywhere % cursor.length;
          const inserted = kind === 'remove' ? '' : character;
          const changed = cursor.slice(0, at) + inserted + cursor.slice(kind === 'insert' ? at : at + 1);
          fc.pre(changed !== cursor);
          expect(codec.decode(changed, owner)).toBeUndefined();
        },
      ),
      { numRuns: 1_500 },
    );
  });

  test('is rejected if it is a random text', () => {
    const text = fc.oneof(anyText, fc.base64String(), fc.stringMatching(/^[\w-]{0,200}$/));
    fc.assert(
      fc.property(text, scope, (cursor, owner) => {
        expect(codec.decode(cursor, owner)).toBeUndefined();
      }),
      { numRuns: 1_500 },
    );
  });
});
