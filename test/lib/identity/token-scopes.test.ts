import { describe, expect, test } from 'vitest';
import { tokenScopes } from '../../../lib/identity/token-scopes.ts';

describe('tokenScopes', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['a text', { scope: 'a b:c' }, ['a', 'b:c']],
    ['one scope', { scope: 'a' }, ['a']],
    ['a text with more space', { scope: '  a \t b\n' }, ['a', 'b']],
    ['an array', { scope: ['a', 'b'] }, ['a', 'b']],
    ["API Gateway's form of an array", { scope: '[a b]' }, ['a', 'b']],
    ["API Gateway's form of an array of one", { scp: '[a]' }, ['a']],
    ["API Gateway's form of an empty array", { scope: '[]' }, []],
    ['scp as a text', { scp: 'a b' }, ['a', 'b']],
    ['scp as an array', { scp: ['a', 'b'] }, ['a', 'b']],
    ['both', { scope: 'a', scp: ['b'] }, ['a', 'b']],
    ['an array with other things in it', { scope: ['a', 7, null, ['b']] }, ['a']],
    ['an item with a space, which is one scope', { scope: ['a b'] }, ['a b']],
    ['an empty text', { scope: '' }, []],
    ['an empty array', { scope: [] }, []],
    ['no claim', {}, []],
    ['null', { scope: null, scp: null }, []],
    ['a number', { scope: 7 }, []],
    ['an object', { scope: { a: true } }, []],
    ['brackets inside', { scope: 'a[b] c' }, ['a[b]', 'c']],
    ['claims of other names', { scopes: 'a', permissions: ['b'] }, []],
  ])('reads %s', (_, claims, expected) => {
    // Act
    const scopes = tokenScopes(claims);

    // Assess
    expect([...scopes].toSorted()).toEqual(expected);
  });
});
