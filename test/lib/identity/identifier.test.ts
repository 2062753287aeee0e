import { describe, expect, test } from 'vitest';
import { isIdentifier } from '../../../lib/identity/identifier.ts';

describe('isIdentifier', () => {
  test.each([
    ['one character', 'x'],
    ['256 characters', 'x'.repeat(256)],
    ['the first visible character', '!'],
    ['the last visible character', '~'],
    ['an e-mail address', 'jane+test@example.com'],
    ['signs', 'org:1/{user}\\%20"'],
  ])('takes %s', (_, value) => {
    expect(isIdentifier(value)).toBe(true);
  });

  test.each([
    ['an empty text', ''],
    ['257 characters', 'x'.repeat(257)],
    ['a space at the beginning', ' user_1'],
    ['a space at the end', 'user_1 '],
    ['a space inside', 'user 1'],
    ['a tab', 'user\t1'],
    ['a line feed at the end', 'user_1\n'],
    ['a carriage return and line feed', 'user_1\r\nx: y'],
    ['a null character', 'user\u00001'],
    ['DEL', 'user_1\u007f'],
    ['a Latin-1 letter', 'usér_1'],
    ['a no-break space', 'user\u00a01'],
    ['a Cyrillic letter', 'usеr_1'],
    ['a full-width letter', 'ｕser_1'],
    ['a zero-width space', 'user_1\u200b'],
    ['a byte order mark', '\ufeffuser_1'],
    ['an emoji', 'user_😀'],
    ['a lone surrogate', 'user_\ud83d'],
    ['undefined', undefined],
    ['null', null],
    ['a number', 7],
    ['an array of one', ['user_1']],
    ['an object that turns into a text', { toString: () => 'user_1' }],
  ])('refuses %s', (_, value) => {
    expect(isIdentifier(value)).toBe(false);
  });
});
