import { expect, test } from 'vitest';
import { Router } from '../../local/router.ts';

const KEYS = [
  'ANY /proxy/{path+}',
  'GET /things/{thing}',
  'GET /things/all',
  'POST /things/{thing}:open',
  'POST /things/{thing}/{action}',
];
const router = new Router(KEYS.map((key) => [key, key]));

test.each([
  ['GET', '/things/all', 'GET /things/all', {}],
  ['GET', '/things/a%2Fb', 'GET /things/{thing}', { thing: 'a/b' }],
  ['POST', '/things/t1:open', 'POST /things/{thing}:open', { thing: 't1' }],
  ['POST', '/things/t1/open', 'POST /things/{thing}/{action}', { thing: 't1', action: 'open' }],
  ['PATCH', '/proxy/a%2Fb//%zz', 'ANY /proxy/{path+}', { path: 'a%2Fb//%zz' }],
])('the request %s %s matches the route %s', (method, pathname, target, pathParameters) => {
  expect(router.find(method, pathname)).toEqual({ target, pathParameters });
});

test.each([
  ['PUT', '/things/all'],
  ['GET', '/things/'],
  ['GET', '/things/%E0%A4%A'],
  ['GET', '/proxy/'],
  ['GET', '/Things/all'],
  [undefined, '/things/all'],
])('no route matches the method %s and the path %s', (method, pathname) => {
  expect(router.find(method, pathname)).toBeUndefined();
});

test('hasPath returns true for a path even if the only route of this path has another method', () => {
  expect(router.hasPath('/things/all')).toBe(true);
  expect(router.hasPath('/else')).toBe(false);
});
