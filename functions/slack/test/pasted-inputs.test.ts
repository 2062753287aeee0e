import { expect, test } from 'vitest';
import { channelOf } from '../shared/channel.ts';
import { messageTsInput } from '../shared/message-ts.ts';
import { hasWords } from '../shared/scan.ts';
import { userIdIn } from '../shared/user.ts';

// Slack's deep links, and the same links as browsers, keyboards and other programs change them:
// https://docs.slack.dev/interactivity/deep-linking
test.each([
  ['https://slack.com/app_redirect?channel=C024BE91L', 'C024BE91L'],
  ['https://example.slack.com/app_redirect?team=T1ABC&channel=C024BE91L', 'C024BE91L'],
  ['https://app.slack.com/huddle/T1ABC/C024BE91L', 'C024BE91L'],
  ['https://app.slack.com/client/T1ABC/C024BE91L/thread/C024BE91L-1482960137.003543', 'C024BE91L'],
  ['example.slack.com/archives/C024BE91L', 'C024BE91L'],
  ['example.enterprise.slack.com/archives/C024BE91L/p1482960137003543', 'C024BE91L'],
  ['[#ops](https://example.slack.com/archives/C024BE91L)', 'C024BE91L'],
  ['https://example.slack.com/archives/product-news', 'product-news'],
  ['https://example.slack.com/channels/Product-News/', 'product-news'],
  ['＃ops', 'ops'],
  ['# Ops', 'ops'],
])('finds the channel in %s', (pasted, channel) => {
  expect(channelOf(pasted)).toBe(channel);
});

test.each([
  ['https://app.slack.com/client/T1ABC/C024BE91L/thread/C024BE91L-1482960137.003543', '1482960137.003543'],
  [
    '<https://app.slack.com/client/E1ABC/D024BE91L/thread/D024BE91L-1482960137.003543|the thread>',
    '1482960137.003543',
  ],
  [
    'https://app.slack.com/client/T1ABC/G024BE91L/thread/G024BE91L-1482960137.003543?cdn_fallback=1',
    '1482960137.003543',
  ],
])('finds the thread in %s', (pasted, ts) => {
  expect(messageTsInput('The message.').parse(pasted)).toBe(ts);
});

test.each([
  '@U024BE7LH',
  'slack://user?team=T1ABC&id=U024BE7LH',
  'https://app.slack.com/client/T1ABC/user_profile/U024BE7LH',
  'https://example.enterprise.slack.com/user/@U024BE7LH',
  'https://example.slack.com/team/U024BE7LH?tab=about',
])('finds the person in %s', (pasted) => {
  expect(userIdIn(pasted)).toBe('U024BE7LH');
});

test.each([
  // Address books and directories write the last name first.
  ['Okafor, Ada', ['ada', 'Ada Okafor'], true],
  ['OKAFOR; ADA', ['Ada Okafor'], true],
  ['Jean Luc', ['Jean-Luc Petit'], true],
  ['product_news', ['product-news'], true],
  ['Okafor, Bo', ['Ada Okafor'], false],
  ['-', ['product-news'], true],
  ['--', ['product-news'], false],
])('looks for the words of %j in %j', (query, names, expected) => {
  expect(hasWords(names, query)).toBe(expected);
});
