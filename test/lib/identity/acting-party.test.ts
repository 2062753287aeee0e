import { expect, test } from 'vitest';
import { actingParty } from '../../../lib/identity/acting-party.ts';

const rules = { delegationScope: 'tools:delegate', requiredScope: undefined, delegationRoles: undefined };
const claimed = (claims: object) => actingParty({ kind: 'token', claims: { ...claims } }, rules);
const principal = (principalArn: string) => actingParty({ kind: 'iam', principalArn }, rules);

test.each<[string, object, string | undefined]>([
  ['client_id before all others', { sub: 's', azp: 'a', client_id: 'c' }, 'c'],
  ['azp before sub', { sub: 's', azp: 'a' }, 'a'],
  ['sub', { sub: 's' }, 's'],
  ['nobody without these', { iss: 'https://issuer.example', cid: 'x' }, undefined],
  ['nobody in what API Gateway makes of other types', { client_id: '[a b]', sub: '<nil>' }, undefined],
  ['nobody in a text that has no UTF-8', { sub: '\ud800' }, undefined],
])('a token names %s', (_, claims, name) => {
  expect(claimed(claims)).toEqual({ name, delegated: false });
});

test('a token with the scope for it delegates', () => {
  expect(claimed({ sub: 's', scope: 'a tools:delegate' })).toEqual({ name: 's', delegated: true });
});

test.each([
  ['arn:aws:sts::123456789012:assumed-role/agent/turn-1', 'arn:aws:iam::123456789012:role/agent'],
  ['arn:aws-cn:sts::123456789012:assumed-role/agent/turn-1', 'arn:aws-cn:iam::123456789012:role/agent'],
  ['arn:aws:iam::123456789012:user/ada', 'arn:aws:iam::123456789012:user/ada'],
  ['arn:aws:iam::123456789012:root', 'arn:aws:iam::123456789012:root'],
  ['arn:aws:sts::123456789012:federated-user/ada', 'arn:aws:sts::123456789012:federated-user/ada'],
])('%s is %s, and delegates', (arn, name) => {
  expect(principal(arn)).toEqual({ name, delegated: true });
});
