import type { OfficialAnswers } from '../../../test/support/official-answers.ts';
import official from './official-examples.json' with { type: 'json' };
import { answering } from './slack-stack.ts';

// Each response is the example on the page of its method, such as
// https://docs.slack.dev/reference/methods/users.info. Most lists are shortened to their first entry.
const script = answering(official);

// Slack's example has no `last_read`. It always has a next page.
const joined = {
  ...official['users.conversations'],
  channels: official['users.conversations'].channels.map((channel) => ({
    ...channel,
    last_read: '1512085900.000100',
  })),
  response_metadata: { next_cursor: '' },
};

const text = "Here's a message for you";
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

export const officialAnswers: OfficialAnswers = {
  slack_catch_up_channel: { input: { channel: 'C123ABC456', since: '2017-11-30' }, script },
  // One result is enough. With more results, the tool would request further pages, and every example page has a next
  // page.
  slack_find_channel: { input: { query: 'general', max_results: 1 }, script },
  slack_find_messages: { input: { words: 'Gizmo' }, script },
  slack_find_user: { input: { query: 'spengler', max_results: 1 }, script },
  slack_list_mentions: { input: {}, script },
  slack_list_unread: { input: {}, script: answering({ ...official, 'users.conversations': joined }) },
  slack_read_thread: { input: { channel: 'C123ABC456', thread_ts: '1482960137.003543' }, script },
  slack_schedule_message: { input: { channel: 'C123ABC456', text, post_at: TOMORROW }, script },
  slack_send_message: { input: { channel: 'C123ABC456', text }, script },
  slack_update_canvas: {
    input: {
      canvas_id: 'F07QWERTY',
      operation: 'insert_after',
      section_text: 'Decision',
      markdown: 'We buy.',
    },
    script,
  },
};
