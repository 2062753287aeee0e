import { expect, test } from 'vitest';
import {
  callHash,
  parseRoute,
  toolHash,
  type ViewRoute,
} from '../../../../../local/console/page/shared/route.ts';

test.each<[string, ViewRoute]>([
  ['', { view: 'tools', tool: null }],
  ['#/', { view: 'tools', tool: null }],
  ['#/tools', { view: 'tools', tool: null }],
  ['#/tools/gmail_list_unread', { view: 'tools', tool: 'gmail_list_unread' }],
  ['#/calls', { view: 'calls', id: null }],
  ['#/calls/a%2Fb', { view: 'calls', id: 'a/b' }],
  ['#/accounts', { view: 'accounts' }],
  ['#/faults', { view: 'faults' }],
  ['#/nothing/here', { view: 'tools', tool: null }],
  ['#/tools/%', { view: 'tools', tool: '%' }],
])('the hash %j in the URL is parsed as the right view', (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

test('the link to a view is parsed as that view', () => {
  expect(parseRoute(toolHash('a b/c'))).toEqual({ view: 'tools', tool: 'a b/c' });
  expect(parseRoute(callHash('a?b#c'))).toEqual({ view: 'calls', id: 'a?b#c' });
});
