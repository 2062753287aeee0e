import { expect, test } from 'vitest';
import { ParameterError } from '../../../lib/deploy/parameters.ts';
import { selectTools } from '../../../lib/deploy/select-tools.ts';

const all = ['gmail_list_unread', 'gmail_remove_filter', 'slack_send_message'].map((name) => ({
  tool: { name },
}));

test.each([
  [['*'], ['gmail_list_unread', 'gmail_remove_filter', 'slack_send_message']],
  [['gmail_*'], ['gmail_list_unread', 'gmail_remove_filter']],
  [
    ['slack_send_message', 'gmail_list_*'],
    ['gmail_list_unread', 'slack_send_message'],
  ],
  [['!gmail_remove_filter'], ['gmail_list_unread', 'slack_send_message']],
  [['gmail_*', '!*_remove_*'], ['gmail_list_unread']],
])('the globs %j select %j', (globs, names) => {
  expect(selectTools(all, globs).map(({ tool }) => tool.name)).toEqual(names);
});

test.each([[['gmial_*']], [['*', '!gmial_*']], [['']]])(
  'the globs %j are rejected, because one of the globs matches no name',
  (globs) => {
    expect(() => selectTools(all, globs)).toThrow(ParameterError);
  },
);
