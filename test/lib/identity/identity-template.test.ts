import { describe, expect, test } from 'vitest';
import { fillIdentityTemplate, identityTemplate } from '../../../lib/identity/identity-template.ts';

describe('identityTemplate', () => {
  test.each(['{sub}', '{org_id}:{sub}', 'user:{sub}', '{https://example.com/org-id}', '{custom:tenant}'])(
    'accepts %s',
    (template) => {
      expect(identityTemplate().safeParse(template).success).toBe(true);
    },
  );

  test.each([
    '',
    'sub',
    '{}',
    '{sub',
    'sub}',
    '{{sub}}',
    '{su b}',
    '{sub} ',
    '{sub}\n',
    'ü{sub}',
    '{süb}',
    '{sub}{',
  ])('rejects %j', (template) => {
    expect(identityTemplate().safeParse(template).success).toBe(false);
  });
});

describe('fillIdentityTemplate', () => {
  test.each([
    ['{sub}', { sub: 'user_1' }, 'user_1'],
    ['user:{sub}', { sub: 'a:b' }, 'user:a:b'],
    ['{org_id}', { org_id: 'org_1', sub: 'user_1' }, 'org_1'],
    ['{org_id}:{sub}', { org_id: 'org_1', sub: 'user_1' }, 'org_1:user_1'],
    ['{org_id}:{sub}', { org_id: 'org 1', sub: 'auth0|ü:%' }, 'org%201:auth0%7C%C3%BC%3A%25'],
    ['{https://example.com/org}', { 'https://example.com/org': 'org_1' }, 'org_1'],
    // A claim is plain text. It must not be used as a pattern or as a template.
    ['{sub}', { sub: '$&$1' }, '$&$1'],
    ['{sub}', { sub: '{org_id}', org_id: 'org_1' }, '{org_id}'],
    ['{sub}', { sub: 'a%3Ab' }, 'a%3Ab'],
    ['{sub}', { sub: ' user_1 ' }, ' user_1 '],
  ])('fills in the template %s', (template, claims, expected) => {
    // Act
    const filled = fillIdentityTemplate(template, claims);

    // Assess
    expect(filled).toBe(expected);
  });

  test.each([
    ['a missing claim', '{sub}', {}],
    ['one missing claim of two', '{org_id}:{sub}', { sub: 'user_1' }],
    ['an empty claim', '{org_id}:{sub}', { org_id: '', sub: 'user_1' }],
    ['a null claim', '{sub}', { sub: null }],
    ['a number', '{sub}', { sub: 7 }],
    ['a boolean', '{sub}', { sub: true }],
    ['an array', '{sub}', { sub: ['user_1'] }],
    ['an object', '{sub}', { sub: { id: 'user_1' } }],
    ['a lone surrogate', '{sub}', { sub: 'user_\ud83d' }],
    ['a lone surrogate beside another claim', '{org_id}:{sub}', { org_id: 'org_1', sub: '\ude00' }],
    ['the inherited key constructor', '{constructor}', {}],
    ['the inherited key __proto__', '{__proto__}', {}],
    ['an inherited claim', '{sub}', Object.create({ sub: 'user_1' })],
  ])('returns undefined for %s', (_, template, claims) => {
    expect(fillIdentityTemplate(template, claims)).toBeUndefined();
  });

  test('returns different identifiers for users whose claims contain the separator', () => {
    // Act
    const one = fillIdentityTemplate('{org_id}:{sub}', { org_id: 'a:b', sub: 'c' });
    const other = fillIdentityTemplate('{org_id}:{sub}', { org_id: 'a', sub: 'b:c' });

    // Assess
    expect(one).toBe('a%3Ab:c');
    expect(other).toBe('a:b%3Ac');
  });

  test.each(['', '-', '.', '_', '~', '!', '*', "'", '(', ')', 'x', '%3A'])(
    'the separator "%s" leads to different identifiers, or the settings reject the template',
    (separator) => {
      // Prepare
      const template = `{org_id}${separator}{sub}`;
      const held = decodeURIComponent(separator);

      // Act
      const taken = identityTemplate().safeParse(template).success;
      const one = fillIdentityTemplate(template, { org_id: `a${held}b`, sub: 'c' });
      const other = fillIdentityTemplate(template, { org_id: 'a', sub: `b${held}c` });

      // Assess
      expect(taken && one === other).toBe(false);
    },
  );
});

test.each(['<nil>', '[a b]', '[]', 'map[a:1]'])(
  "fillIdentityTemplate rejects %s, which is API Gateway's text for a claim that is not a string",
  (org_id) => {
    expect(fillIdentityTemplate('{org_id}', { org_id })).toBeUndefined();
  },
);
