import { expect, test } from 'vitest';
import { channelOf } from '../shared/channel.ts';
import { messageTsInput } from '../shared/message-ts.ts';
import { hasWords } from '../shared/scan.ts';
import { userIdIn } from '../shared/user.ts';
import { tool as updateCanvas } from '../update-canvas.ts';

// Slack's deep links, and the same links after a browser, a keyboard or another program changed them:
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
])('channelOf finds the channel in “%s”', (pasted, channel) => {
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
  ['[the thread](https://example.slack.com/archives/C024BE91L/p1482960137003543)', '1482960137.003543'],
  ['example.slack.com/archives/C024BE91L/p1482960137003543', '1482960137.003543'],
])('messageTsInput finds the thread in “%s”', (pasted, ts) => {
  expect(messageTsInput('The message.').parse(pasted)).toBe(ts);
});

test.each([
  '@U024BE7LH',
  'slack://user?team=T1ABC&id=U024BE7LH',
  'https://app.slack.com/client/T1ABC/user_profile/U024BE7LH',
  'https://example.enterprise.slack.com/user/@U024BE7LH',
  'https://example.slack.com/team/U024BE7LH?tab=about',
  'https://example.slack.com/team/U024BE7LH/',
  '[Ada](https://example.slack.com/team/U024BE7LH)',
  'example.slack.com/team/U024BE7LH',
  // Some programs list people in this format: https://github.com/korotovsky/slack-mcp-server/pull/179
  'Ada Okafor (U024BE7LH)',
  'Ada Okafor <@U024BE7LH>',
])('userIdIn finds the person in “%s”', (pasted) => {
  expect(userIdIn(pasted)).toBe('U024BE7LH');
});

test.each([
  // Another program for Slack accepts these links, too: https://github.com/stablyai/agent-slack/pull/150
  'https://posthog.slack.com/docs/TSS5W8YQZ/F08UU1LJFUP',
  '[Plan](https://posthog.slack.com/docs/TSS5W8YQZ/F08UU1LJFUP)',
  'posthog.slack.com/docs/TSS5W8YQZ/F08UU1LJFUP',
  'https://example.slack.com/canvas/F08UU1LJFUP',
  'https://newscorp.enterprise.slack.com/docs/T025QN6JG/F08UU1LJFUP?focus_section_id=temp:C:1',
  'https://slack.com/docs/T025QN6JG/F08UU1LJFUP',
  'https://app.slack.com/client/T025QN6JG/unified-files/doc/F08UU1LJFUP',
  'https://files.slack.com/files-pri/T025QN6JG-F08UU1LJFUP/canvas',
  'slack://file?team=T025QN6JG&id=F08UU1LJFUP',
  '[canvas F08UU1LJFUP: Plan: [draft]]',
])('the input for a canvas finds the canvas in “%s”', (pasted) => {
  expect(updateCanvas.input.shape.canvas_id.parse(pasted)).toBe('F08UU1LJFUP');
});

test.each([
  'https://slack.example.com/docs/T025QN6JG/F08UU1LJFUP',
  'https://example.slack.com/archives/C024BE91L?x=Finance',
  'https://slack.example.com/canvas/C4D8A09PZ',
])('the input for a canvas finds no canvas in “%s”', (pasted) => {
  expect(updateCanvas.input.shape.canvas_id.safeParse(pasted).success).toBe(false);
});

test.each([
  // https://github.com/rygwdn/slack-tools/issues/5
  ['"Mejdi Lassidi"', ['mejdi', 'Mejdi Lassidi'], true],
  ['“Mejdi” Lassidi', ['Mejdi Lassidi'], true],
  // Handles often come from e-mail addresses: https://github.com/AusterweilLab/jarjar/issues/20
  ['ada.okafor', ['Ada Okafor'], true],
  ['O’Brien', ["Pat O'Brien"], true],
  // In Unicode, these letters are not a base letter with an accent: https://www.unicode.org/reports/tr15
  ['Soren', ['Søren Lund'], true],
  ['Łukasz', ['Lukasz'], true],
  ['Strasse', ['straße-7'], true],
  // Address books and directories write the last name first.
  ['Okafor, Ada', ['ada', 'Ada Okafor'], true],
  ['OKAFOR; ADA', ['Ada Okafor'], true],
  ['Jean Luc', ['Jean-Luc Petit'], true],
  ['product_news', ['product-news'], true],
  ['Okafor, Bo', ['Ada Okafor'], false],
  ['-', ['product-news'], true],
  ['--', ['product-news'], false],
])('hasWords returns $2 for the query %j and the names %j', (query, names, expected) => {
  expect(hasWords(names, query)).toBe(expected);
});
