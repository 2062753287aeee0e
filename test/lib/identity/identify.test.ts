import { describe, expect, test } from 'vitest';
import {
  actingParty,
  type Caller,
  type IdentityRules,
  identify,
  isIdentifier,
  tokenScopes,
} from '../../../lib/identity/identify.ts';

const rules: IdentityRules = {
  identityTemplate: '{sub}',
  delegationScope: 'tools:delegate',
  requiredScopes: [],
  delegationRoles: undefined,
};
const delegating: IdentityRules = {
  ...rules,
  delegationRoles: ['arn:aws:iam::123456789012:role/apps/agent'],
};
const demanding: IdentityRules = { ...rules, requiredScopes: ['tools:use'] };

const user = token({ sub: 'user_1', scope: 'openid' });
const userWithScope = token({ sub: 'user_1', scope: 'openid tools:use' });
const machine = token({ sub: 'client_1', scope: 'tools:delegate' });
const machineWithScope = token({ sub: 'client_1', scope: 'tools:delegate tools:use' });

const principal: Caller = { kind: 'iam', principalArn: 'arn:aws:iam::123456789012:user/x' };

function session(arn: string): Caller {
  return { kind: 'iam', principalArn: arn };
}

function token(claims: Record<string, unknown>): Caller {
  return { kind: 'token', claims };
}

interface Case {
  name: string;
  caller: Caller;
  named: string | undefined;
  rules?: IdentityRules;
}

describe('identify', () => {
  test.each<Case & { identifier: string }>([
    { name: 'a user', caller: user, named: undefined, identifier: 'user_1' },
    { name: 'a user who names himself', caller: user, named: 'user_1', identifier: 'user_1' },
    { name: 'a machine client that names a user', caller: machine, named: 'user_2', identifier: 'user_2' },
    {
      name: 'a machine client without sub',
      caller: token({ scp: ['tools:delegate'] }),
      named: 'x',
      identifier: 'x',
    },
    { name: 'an IAM principal that names a user', caller: principal, named: 'user_2', identifier: 'user_2' },
    {
      name: 'an IAM principal, even if tokens need a scope',
      caller: principal,
      named: 'user_2',
      rules: demanding,
      identifier: 'user_2',
    },
    {
      name: 'a session of a role that may name the user',
      caller: session('arn:aws:sts::123456789012:assumed-role/agent/turn-1'),
      named: 'user_2',
      rules: delegating,
      identifier: 'user_2',
    },
    {
      name: 'a user with the required scope',
      caller: userWithScope,
      named: undefined,
      rules: demanding,
      identifier: 'user_1',
    },
    {
      name: 'a machine client with the required scope',
      caller: machineWithScope,
      named: 'user_2',
      rules: demanding,
      identifier: 'user_2',
    },
    {
      name: 'a user in an organisation',
      caller: token({ sub: 'a:b', org_id: 'org_1' }),
      named: 'org_1:a%3Ab',
      rules: { ...rules, identityTemplate: '{org_id}:{sub}' },
      identifier: 'org_1:a%3Ab',
    },
    {
      name: 'a user with scopes that only resemble the delegation scope',
      caller: token({ sub: 'user_1', scope: 'tools:delegates xtools:delegate TOOLS:DELEGATE' }),
      named: undefined,
      identifier: 'user_1',
    },
  ])('accepts $name', ({ caller, named, rules: given = rules, identifier }) => {
    // Act
    const identified = identify(caller, named, given);

    // Assess
    expect(identified).toBe(identifier);
  });

  test.each<Case & { code: 'unauthenticated' | 'forbidden' }>([
    {
      name: 'a machine client that names no user',
      caller: machine,
      named: undefined,
      code: 'unauthenticated',
    },
    {
      name: 'a machine client that sends an empty name',
      caller: machine,
      named: '',
      code: 'unauthenticated',
    },
    {
      name: 'a machine client that names an invalid identifier',
      caller: machine,
      named: 'user 2',
      code: 'unauthenticated',
    },
    {
      name: 'a machine client that names an identifier that is too long',
      caller: machine,
      named: 'x'.repeat(257),
      code: 'unauthenticated',
    },
    {
      name: 'an IAM principal that names no user',
      caller: principal,
      named: undefined,
      code: 'unauthenticated',
    },
    {
      name: 'an IAM principal that names an invalid identifier',
      caller: principal,
      named: 'usér',
      code: 'unauthenticated',
    },
    { name: 'a user who names another user', caller: user, named: 'user_2', code: 'forbidden' },
    { name: 'a user who names himself in capital letters', caller: user, named: 'USER_1', code: 'forbidden' },
    { name: 'a user who sends an empty name', caller: user, named: '', code: 'forbidden' },
    {
      name: 'a user without the required scope',
      caller: user,
      named: undefined,
      rules: demanding,
      code: 'forbidden',
    },
    {
      name: 'a machine client without the required scope',
      caller: machine,
      named: 'user_2',
      rules: demanding,
      code: 'forbidden',
    },
    { name: 'a token without sub', caller: token({}), named: undefined, code: 'unauthenticated' },
    {
      name: 'a token without sub that names a user',
      caller: token({}),
      named: 'user_1',
      code: 'unauthenticated',
    },
    {
      name: 'a token whose sub is a number',
      caller: token({ sub: 7 }),
      named: undefined,
      code: 'unauthenticated',
    },
    {
      name: 'a token whose sub has a space',
      caller: token({ sub: 'user 1' }),
      named: undefined,
      code: 'unauthenticated',
    },
    {
      name: 'a token whose sub ends with a space',
      caller: token({ sub: 'user_1 ' }),
      named: 'user_1',
      code: 'unauthenticated',
    },
    {
      name: 'a token whose sub is too long',
      caller: token({ sub: 'x'.repeat(257) }),
      named: undefined,
      code: 'unauthenticated',
    },
    {
      name: 'a token whose claims are too long after they are encoded',
      caller: token({ org_id: 'ü'.repeat(30), sub: 'ü'.repeat(30) }),
      named: undefined,
      rules: { ...rules, identityTemplate: '{org_id}:{sub}' },
      code: 'unauthenticated',
    },
    ...[
      'arn:aws:iam::123456789012:user/agent',
      'arn:aws:iam::123456789012:role/apps/agent',
      'arn:aws:sts::210987654321:assumed-role/agent/turn-1',
      'arn:aws-cn:sts::123456789012:assumed-role/agent/turn-1',
      'arn:aws:sts::123456789012:assumed-role/agent-2/turn-1',
      'arn:aws:sts::123456789012:assumed-role/other/agent',
      'arn:aws:sts::123456789012:federated-user/agent',
    ].map((arn) => ({
      name: `${arn}, which is no session of a role that may name the user`,
      caller: session(arn),
      named: 'user_2',
      rules: delegating,
      code: 'forbidden' as const,
    })),
  ])('rejects $name', ({ caller, named, rules: given = rules, code }) => {
    expect(() => identify(caller, named, given)).toThrow(
      expect.objectContaining({ name: 'ToolError', code }),
    );
  });

  test('states the required scope if the token lacks it', () => {
    expect(() => identify(user, undefined, demanding)).toThrow('tools:use');
  });
});

describe('actingParty', () => {
  const claimed = (claims: object) => actingParty({ kind: 'token', claims: { ...claims } }, rules);
  const principal = (principalArn: string) => actingParty({ kind: 'iam', principalArn }, rules);

  test.each<[string, object, string | undefined]>([
    ['client_id before all other claims', { sub: 's', azp: 'a', client_id: 'c' }, 'c'],
    ['azp before sub', { sub: 's', azp: 'a' }, 'a'],
    ['sub', { sub: 's' }, 's'],
    ['nothing without these claims', { iss: 'https://issuer.example', sid: 'x' }, undefined],
    [
      'nothing if API Gateway has converted a claim of another type',
      { client_id: '[a b]', sub: '<nil>' },
      undefined,
    ],
    ['nothing if a claim is not well-formed Unicode', { sub: '\ud800' }, undefined],
  ])("is named by a token's claims: %s", (_, claims, name) => {
    expect(claimed(claims)).toEqual({ name, delegated: false });
  });

  test('is marked as delegated if the token has the delegation scope', () => {
    expect(claimed({ sub: 's', scope: 'a tools:delegate' })).toEqual({ name: 's', delegated: true });
  });

  test.each([
    ['arn:aws:sts::123456789012:assumed-role/agent/turn-1', 'arn:aws:iam::123456789012:role/agent'],
    ['arn:aws-cn:sts::123456789012:assumed-role/agent/turn-1', 'arn:aws-cn:iam::123456789012:role/agent'],
    ['arn:aws:iam::123456789012:user/ada', 'arn:aws:iam::123456789012:user/ada'],
    ['arn:aws:iam::123456789012:root', 'arn:aws:iam::123456789012:root'],
    ['arn:aws:sts::123456789012:federated-user/ada', 'arn:aws:sts::123456789012:federated-user/ada'],
  ])('is marked as delegated if it is an IAM principal: %s gets the name %s', (arn, name) => {
    expect(principal(arn)).toEqual({ name, delegated: true });
  });
});

describe('isIdentifier', () => {
  test.each([
    ['one character', 'x'],
    ['256 characters', 'x'.repeat(256)],
    ['the first visible character', '!'],
    ['the last visible character', '~'],
    ['an e-mail address', 'jane+test@example.com'],
    ['signs', 'org:1/{user}\\%20"'],
  ])('accepts %s', (_, value) => {
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
    ['an array with one text', ['user_1']],
    ['an object that converts to a text', { toString: () => 'user_1' }],
  ])('rejects %s', (_, value) => {
    expect(isIdentifier(value)).toBe(false);
  });
});

describe('tokenScopes', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['a text', { scope: 'a b:c' }, ['a', 'b:c']],
    ['one scope', { scope: 'a' }, ['a']],
    ['a text with additional white space', { scope: '  a \t b\n' }, ['a', 'b']],
    ['an array', { scope: ['a', 'b'] }, ['a', 'b']],
    ["API Gateway's form of an array", { scope: '[a b]' }, ['a', 'b']],
    ["API Gateway's form of an array with one scope", { scp: '[a]' }, ['a']],
    ["API Gateway's form of an empty array", { scope: '[]' }, []],
    ['scp as a text', { scp: 'a b' }, ['a', 'b']],
    ['scp as an array', { scp: ['a', 'b'] }, ['a', 'b']],
    ['scope and scp', { scope: 'a', scp: ['b'] }, ['a', 'b']],
    ['an array with items that are not texts', { scope: ['a', 7, null, ['b']] }, ['a']],
    ['an item with a space as a single scope', { scope: ['a b'] }, ['a b']],
    ['an empty text', { scope: '' }, []],
    ['an empty array', { scope: [] }, []],
    ['no claim', {}, []],
    ['null', { scope: null, scp: null }, []],
    ['a number', { scope: 7 }, []],
    ['an object', { scope: { a: true } }, []],
    ['a scope with brackets in it', { scope: 'a[b] c' }, ['a[b]', 'c']],
    ['claims with other names as no scopes', { scopes: 'a', permissions: ['b'] }, []],
  ])('reads %s', (_, claims, expected) => {
    // Act
    const scopes = tokenScopes(claims);

    // Assess
    expect([...scopes].toSorted()).toEqual(expected);
  });
});
