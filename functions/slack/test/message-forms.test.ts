import { describe, expect, test } from 'vitest';
import { ContentResponse, messageText } from '../shared/message-text.ts';
import { plainText } from '../shared/plain-text.ts';

const names = new Map([['U012AB3CD', 'Nadia Brandt']]);
const read = (message: object) => plainText(messageText(ContentResponse.parse(message)), names);
const blocks = (...given: object[]) => read({ text: '', blocks: given });
const attached = (...attachments: object[]) => read({ text: '', attachments });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const plain = (text: string) => ({ type: 'plain_text', text, emoji: true });
const section = (text: string, accessory?: object) => ({ type: 'section', text: mrkdwn(text), accessory });
const inline = (...elements: object[]) =>
  blocks({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });
const option = (text: string, value: string, more = {}) => ({ text: plain(text), value, ...more });

// Examples of all controls: https://docs.slack.dev/reference/block-kit/block-elements
describe('messageText with controls in blocks', () => {
  test.each([
    [
      'multi_static_select',
      { initial_options: [option('Brakes', 'b'), option('Lights', 'l')] },
      '[Brakes, Lights]',
    ],
    ['multi_external_select', { initial_options: [option('Brakes', 'b')] }, '[Brakes]'],
    ['users_select', { initial_user: 'U012AB3CD' }, '[@Nadia Brandt]'],
    ['multi_users_select', { initial_users: ['U012AB3CD', 'U1'] }, '[@Nadia Brandt, @U1]'],
    ['conversations_select', { initial_conversation: 'C024BE7LR' }, '[#C024BE7LR]'],
    ['multi_conversations_select', { initial_conversations: ['G1', 'U012AB3CD'] }, '[#G1, @Nadia Brandt]'],
    ['channels_select', { initial_channel: 'C024BE7LR' }, '[#C024BE7LR]'],
    ['multi_channels_select', { initial_channels: ['C024BE7LR', 'C1'] }, '[#C024BE7LR, #C1]'],
    ['datetimepicker', { initial_date_time: 1628633820 }, '[2021-08-10T22:17:00.000Z]'],
    ['timepicker', { initial_time: '11:40', timezone: 'America/Los_Angeles' }, '[11:40 America/Los_Angeles]'],
    [
      'checkboxes',
      {
        options: [option('Brakes', 'b', { description: mrkdwn('both') }), option('Lights', 'l')],
        initial_options: [option('Brakes', 'b')],
      },
      '[✓ Brakes: both] [Lights]',
    ],
    [
      'radio_buttons',
      { options: [option('Yes', 'y'), option('No', 'n')], initial_option: option('No', 'n') },
      '[Yes] [✓ No]',
    ],
  ])('shows the selected value of %s', (type, fields, shown) => {
    expect(blocks(section('Repair', { type, placeholder: plain('Choose'), ...fields }))).toBe(
      `Repair\n${shown}`,
    );
  });

  test.each([
    [
      'rich_text_input',
      {
        initial_value: {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'The lift leaks' }] }],
        },
      },
      '[The lift leaks]',
    ],
    ['file_input', { filetypes: ['pdf'] }, '[file]'],
  ])('shows %s', (type, fields, shown) => {
    expect(blocks({ type: 'input', label: plain('Note'), element: { type, ...fields } })).toBe(
      `Note: ${shown}`,
    );
  });
});

describe('messageText with blocks for feedback and for calls', () => {
  test.each<[string, object, string]>([
    // https://docs.slack.dev/reference/block-kit/blocks/context-actions-block
    [
      'feedback buttons',
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            positive_button: { text: plain('Good'), accessibility_label: 'Good answer', value: 'p' },
            negative_button: { text: plain('Bad'), accessibility_label: 'Bad answer', value: 'n' },
          },
          { type: 'icon_button', icon: 'trash', text: plain('Delete') },
        ],
      },
      '[Good] [Bad] [Delete]',
    ],
    // https://docs.slack.dev/apis/web-api/using-the-calls-api
    [
      'a call of Zoom',
      { type: 'call', call: { v1: { name: 'Zoom meeting', join_url: 'https://zoom.example/j/7' } } },
      'Zoom meeting (https://zoom.example/j/7)',
    ],
    [
      'a call that is over',
      { type: 'call', call: { v1: { name: 'Stand-up', has_ended: true, date_end: 1795106000 } } },
      'Stand-up [ended]',
    ],
    ['a call without its details', { type: 'call', call_id: 'R1' }, '[call]'],
  ])('shows %s', (_, block, text) => {
    expect(blocks(block)).toBe(text);
  });

  // Slack's documentation does not list these elements:
  // https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
  test.each<[object, string]>([
    [
      {
        type: 'table',
        rows: [
          [
            { type: 'text', text: 'M' },
            { type: 'text', text: '12' },
          ],
        ],
      },
      'M | 12',
    ],
    [
      {
        type: 'columns',
        columns: [
          { type: 'text', text: 'left' },
          { type: 'text', text: 'right' },
        ],
      },
      'left | right',
    ],
    [{ type: 'canvas', file_id: 'F07QWERTY' }, '[canvas F07QWERTY]'],
  ])('shows the text of an unknown element of rich text: %j', (element, text) => {
    expect(inline(element)).toBe(text);
  });
});

// https://docs.slack.dev/messaging/formatting-message-text#date-formatting
test.each([
  ['<!date^1392734382^{date_num}^https://x.example/a|18 February>', '18 February (https://x.example/a)'],
  ['<!date^1392734382^{ago}|just now>', '2014-02-18T14:39:42.000Z'],
  ['<!date^1392734382^{date_short_pretty}|today>', '2014-02-18T14:39:42.000Z'],
  // The label contains the time in a time zone that only the app knows:
  // https://github.com/hackclub/slash-z/pull/54
  [
    '<!date^1392734382^{date_long_pretty} from {time}|Tuesday from 6:39 AM>',
    'Tuesday from 6:39 AM (2014-02-18T14:39:42.000Z)',
  ],
  ['<!date^1392738000^{time}|5 PM>', '5 PM (2014-02-18T15:40:00.000Z)'],
  ['<!date^1392734382^{time}|2014-02-18 14:39 UTC>', '2014-02-18 14:39 UTC'],
  ['<!date^1392734382^{time}|2014-02-18T14:39:42Z>', '2014-02-18T14:39:42Z'],
  ['<!date^1392734382^{date} {time}|18 Feb 06:39:42 -0800>', '18 Feb 06:39:42 -0800'],
])('plainText shows the time or the label of the date %s', (text, shown) => {
  expect(read({ text })).toBe(shown);
});

// https://github.com/18F/charlie/issues/511
test('plainText shows a mention of everyone as a mention, with or without a label', () => {
  expect(read({ text: '<!here|here> <!channel|@channel> <!everyone>' })).toBe('@here @channel @everyone');
});

describe('messageText with attachments', () => {
  test.each<[string, object, string]>([
    // https://github.com/jenkinsci/slack-plugin and https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments
    [
      'the time of an event of Nagios or PagerDuty',
      { title: 'Disk is full', footer: 'Nagios', ts: 1795105920 },
      'Disk is full\nNagios · 2026-11-19T16:32:00.000Z',
    ],
    [
      'the time without a footer',
      { title: 'Disk is full', ts: '1795105920' },
      'Disk is full\n2026-11-19T16:32:00.000Z',
    ],
    [
      'the attachment of a shared alert of Grafana',
      {
        is_share: true,
        author_name: 'Grafana',
        fallback: '[no preview available]',
        attachments: [{ title: 'Disk is full', text: 'db-2' }],
      },
      '[shared message of Grafana]\nDisk is full\ndb-2',
    ],
    [
      'an attachment once if the blocks of the shared message repeat its text',
      {
        is_msg_unfurl: true,
        author_name: 'Sentry',
        attachments: [{ text: 'TypeError' }],
        message_blocks: [{ message: { blocks: [], attachments: [{ text: 'TypeError' }] } }],
      },
      '[shared message of Sentry]\nTypeError',
    ],
    [
      'the blocks of the attachment of a shared alert of Datadog',
      { is_share: true, author_name: 'Datadog', attachments: [{ blocks: [section('CPU over 90 %')] }] },
      '[shared message of Datadog]\nCPU over 90 %',
    ],
    // https://slack.com/help/articles/203950418-Use-a-canvas-in-Slack
    [
      'the ID of a canvas that a link shows',
      { title: 'Plan', from_url: 'https://example.slack.com/docs/T1ABC/F07QWERTY' },
      '[canvas F07QWERTY: Plan]',
    ],
  ])('shows %s', (_, attachment, text) => {
    expect(attached(attachment)).toBe(text);
  });

  test('leaves out a time that is almost equal to the time of the message', () => {
    expect(
      read({ text: '', ts: '1795105930.000100', attachments: [{ title: 'Build 7', ts: 1795105920 }] }),
    ).toBe('Build 7');
  });
});

// https://docs.slack.dev/reference/objects/file-object
describe('messageText with files', () => {
  test.each<[object, string]>([
    // https://slack.com/help/articles/206819278-Send-emails-to-Slack
    [
      {
        mode: 'email',
        subject: 'Offer',
        from: [{ address: 'lena@x.example', original: 'Lena Berg <lena@x.example>' }],
        plain_text: '118 EUR',
        attachments: [{ filename: 'offer.pdf' }],
      },
      '[file: Offer, from Lena Berg <lena@x.example>]\n118 EUR\n[file: offer.pdf]',
    ],
    [
      { mode: 'external', external_type: 'gdrive', title: 'Stock', external_url: 'https://docs.example/1' },
      '[file: Stock (https://docs.example/1)]',
    ],
    [{ title: 'IMG_1.png', alt_txt: 'The broken lift' }, '[file: IMG_1.png, The broken lift]'],
    [
      { name: 'a.py', mode: 'snippet', preview: 'import os', preview_is_truncated: true, lines: 200 },
      '[file: a.py]\nimport os…',
    ],
    [
      { name: 'memo.m4a', transcription: { preview: { content: 'Call me', has_more: true } } },
      '[file: memo.m4a]\nCall me…',
    ],
    [{ title: 'Rules', mode: 'space', preview: '<p>No <b>lift</b> 2</p>' }, '[file: Rules]\nNo lift 2'],
    [{ id: 'F1', file_access: 'access_denied' }, '[file: not accessible]'],
  ])('shows the name and text of the file %j', (file, text) => {
    expect(read({ text: '', files: [file] })).toBe(text);
  });
});

// https://docs.slack.dev/reference/events/message
describe('messageText with other content', () => {
  test.each<[string, object, string]>([
    [
      'a huddle that is over',
      {
        text: 'A huddle started',
        subtype: 'huddle_thread',
        room: { has_ended: true, date_end: 1795106000, participant_history: ['U012AB3CD', 'U1'] },
      },
      'A huddle started\n[huddle: ended 2026-11-19T16:33:20.000Z, @Nadia Brandt @U1]',
    ],
    [
      'the title of a conversation with an assistant',
      {
        text: 'New Assistant Thread',
        subtype: 'assistant_app_thread',
        assistant_app_thread: { title: 'Rota' },
      },
      'New Assistant Thread\nRota',
    ],
    // https://docs.slack.dev/reference/events/message/thread_broadcast
    [
      'a reply that was also posted in the channel, with the message it answers',
      { text: 'Yes, go', subtype: 'thread_broadcast', root: { text: 'Shall we\ndeploy &lt;7&gt;?' } },
      '[reply in a thread: Shall we deploy <7>?]\nYes, go',
    ],
    [
      'a reply to an alert, with the text of the alert',
      { text: 'Fixed', subtype: 'thread_broadcast', root: { text: '', blocks: [section('Disk full')] } },
      '[reply in a thread: Disk full]\nFixed',
    ],
    [
      'a reply to a message that Slack does not return',
      { text: 'Fixed', subtype: 'thread_broadcast' },
      '[reply in a thread]\nFixed',
    ],
    [
      'a message that has only metadata',
      { text: '', metadata: { event_type: 'poll_opened' } },
      '[poll_opened]',
    ],
    // https://docs.slack.dev/reference/methods/reactions.get
    [
      'reactions',
      {
        text: 'Shall we?',
        reactions: [
          { name: '+1', count: 3, users: ['U1'] },
          { name: 'eyes', count: 1 },
        ],
      },
      'Shall we?\n[reactions: :+1: 3, :eyes: 1]',
    ],
    [
      'content next to malformed fields',
      { text: 7, subtype: 8, reactions: 'x', room: [], blocks: [section('ok')] },
      'ok',
    ],
  ])('shows %s', (_, message, text) => {
    expect(read(message)).toBe(text);
  });
});
