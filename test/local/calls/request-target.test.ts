import { type ClientRequest, request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { requestTarget } from '../../../local/calls/request-target.ts';

const VARIABLES = { SCALEKIT_ENV_URL: 'http://127.0.0.1:4401', OIDC_ISSUER: 'http://127.0.0.1:4402' };

const begun: ClientRequest[] = [];
afterEach(() => {
  for (const each of begun.splice(0)) each.destroy();
});

/** Creates a request that is never sent. */
function begin(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const each = request(url, { method, headers }).on('error', () => undefined);
  begun.push(each);
  return each;
}

test.each([
  [
    'http://127.0.0.1:4401/proxy/gmail/v1/users/me/messages?q=a',
    'provider',
    '/gmail/v1/users/me/messages?q=a',
  ],
  ['http://127.0.0.1:4401/oauth/token', 'token', '/oauth/token'],
  [
    'http://127.0.0.1:4401/api/v1/connected_accounts/details',
    'account',
    '/api/v1/connected_accounts/details',
  ],
  ['http://127.0.0.1:4402/.well-known/jwks.json', 'issuer', '/.well-known/jwks.json'],
  ['http://127.0.0.1:4499/else', 'other', 'http://127.0.0.1:4499/else'],
])('a request to %s has the purpose %s', (url, to, target) => {
  expect(requestTarget(begin(url), VARIABLES)).toEqual({ to, method: 'GET', target });
});

test('a request to AWS is described by its operation', () => {
  const dynamoDb = { 'x-amz-target': 'DynamoDB_20120810.PutItem' };
  const secrets = { 'x-amz-target': 'secretsmanager.GetSecretValue' };

  expect(requestTarget(begin('http://127.0.0.1:4404/', dynamoDb, 'POST'), VARIABLES)).toEqual({
    to: 'table',
    method: 'POST',
    target: 'PutItem',
  });
  expect(requestTarget(begin('http://127.0.0.1:4405/', secrets, 'POST'), VARIABLES)).toEqual({
    to: 'other',
    method: 'POST',
    target: 'secretsmanager.GetSecretValue',
  });
});

test('every request has the purpose `other` if there are no settings', () => {
  const url = 'http://127.0.0.1:4401/oauth/token';
  expect(requestTarget(begin(url), {})).toEqual({ to: 'other', method: 'GET', target: url });
});
