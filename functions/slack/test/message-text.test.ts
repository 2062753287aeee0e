import { describe, expect, test } from 'vitest';
import { ContentResponse, messageText } from '../shared/message-text.ts';
import { plainText } from '../shared/plain-text.ts';

const names = new Map([['U012AB3CD', 'Nadia Brandt']]);
const read = (message: object) => plainText(messageText(ContentResponse.parse(message)), names);
const blocks = (...given: object[]) => read({ text: '', blocks: given });
const rich = (...elements: object[]) => blocks({ type: 'rich_text', elements });
const inline = (...elements: object[]) => rich({ type: 'rich_text_section', elements });
const attached = (...attachments: object[]) => read({ text: '', attachments });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const plain = (text: string) => ({ type: 'plain_text', text, emoji: true });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const words = (text: string, style?: object) => ({ type: 'text', text, ...(style && { style }) });
const line = (text: string) => ({ type: 'rich_text_section', elements: [words(text)] });

// Examples of all blocks: https://docs.slack.dev/reference/block-kit/blocks
describe('messageText with blocks', () => {
  test.each([
    [{ type: 'header', text: plain('Budget &amp; plan <2027>') }, 'Budget & plan <2027>'],
    [
      section('*3* pods &lt; 5, see <https://k8s.example|the board>'),
      '*3* pods < 5, see the board (https://k8s.example)',
    ],
    [
      { type: 'section', fields: [mrkdwn('*Type*\nVacation'), plain('Days: 3')] },
      '*Type*\nVacation\nDays: 3',
    ],
    [
      {
        ...section('Ticket 7'),
        accessory: { type: 'button', text: plain('Open'), url: 'https://t.example/7' },
      },
      'Ticket 7\n[Open] (https://t.example/7)',
    ],
    [
      {
        ...section('Ship it?'),
        accessory: { type: 'overflow', options: [{ text: plain('Yes') }, { text: plain('No') }] },
      },
      'Ship it?\n[Yes] [No]',
    ],
    [
      {
        type: 'context',
        elements: [
          { type: 'image', alt_text: 'red dot', image_url: 'https://i.example/1.png' },
          mrkdwn('*eu-1*'),
        ],
      },
      '[image: red dot] *eu-1*',
    ],
    [
      {
        type: 'image',
        title: plain('CPU of web-3'),
        alt_text: 'a graph',
        image_url: 'https://i.example/2.png',
      },
      '[image: CPU of web-3]',
    ],
    [{ type: 'image', alt_text: 'a graph', slack_file: { id: 'F1' } }, '[image: a graph]'],
    [
      {
        type: 'actions',
        elements: [
          { type: 'button', text: plain('Approve'), value: 'secret_value' },
          { type: 'static_select', placeholder: plain('Choose a team') },
          { type: 'datepicker', initial_date: '2027-01-12' },
        ],
      },
      '[Approve] [Choose a team] [2027-01-12]',
    ],
    [
      {
        type: 'input',
        label: plain('Reason'),
        hint: plain('One line'),
        element: { type: 'plain_text_input', initial_value: 'sick' },
      },
      'Reason: [sick]\nOne line',
    ],
    [
      {
        type: 'video',
        title: plain('How to brake'),
        title_url: 'https://v.example/1',
        description: plain('In 3 minutes'),
        author_name: 'Emil',
        provider_name: 'Tube',
      },
      '[video: How to brake (https://v.example/1)]\nEmil, Tube\nIn 3 minutes',
    ],
    [{ type: 'file', source: 'remote', external_id: 'plan-7' }, '[file: plan-7]'],
    [
      { type: 'markdown', text: '**Note** a < b, [x](https://x.example) <@U012AB3CD>' },
      '**Note** a < b, [x](https://x.example) @Nadia Brandt',
    ],
    [
      {
        type: 'table',
        rows: [
          [
            { type: 'raw_text', text: 'Size' },
            { type: 'raw_text', text: 'Left' },
          ],
          [
            { type: 'raw_text', text: 'M' },
            { type: 'rich_text', elements: [line('12')] },
          ],
        ],
      },
      'Size | Left\nM | 12',
    ],
    [
      {
        type: 'data_table',
        caption: 'Stock',
        rows: [
          [
            { type: 'raw_text', text: 'M' },
            { type: 'raw_number', value: 12 },
          ],
        ],
      },
      'Stock\nM | 12',
    ],
    [{ type: 'divider' }, ''],
  ])('shows the text of %j', (block, expected) => {
    expect(blocks(block)).toBe(expected);
  });

  // https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
  test.each([
    [
      inline(words('He '), words('never', { bold: true, italic: true }), words(' said ')),
      'He *_never_* said ',
    ],
    [inline(words('x = 1 < 2', { code: true }), words(' old ', { strike: true })), '`x = 1 < 2` ~old~ '],
    [
      inline({ type: 'link', url: 'https://a.example/?a=1&b=2', text: 'a | b' }),
      'a ¦ b (https://a.example/?a=1&b=2)',
    ],
    [inline({ type: 'link', url: 'https://a.example' }), 'https://a.example'],
    [
      inline({ type: 'user', user_id: 'U012AB3CD' }, words(' '), { type: 'user', user_id: 'U0UNKNOWN' }),
      '@Nadia Brandt @U0UNKNOWN',
    ],
    [
      inline({ type: 'usergroup', usergroup_id: 'S061EG9R6' }, { type: 'channel', channel_id: 'C024BE7LR' }),
      '@S061EG9R6#C024BE7LR',
    ],
    [
      inline(
        { type: 'emoji', name: 'wave', skin_tone: 2, unicode: '1f44b' },
        { type: 'broadcast', range: 'here' },
      ),
      ':wave::skin-tone-2:@here',
    ],
    [
      inline({ type: 'date', timestamp: 1720710212, format: '{date_num}', fallback: '11 July 2024' }),
      '11 July 2024',
    ],
    [inline({ type: 'date', timestamp: 1720710212, format: '{date_num}' }), '2024-07-11T15:03:32.000Z'],
    [
      inline({ type: 'color', value: '#F405B3' }, { type: 'team', team_id: 'T024BE7LD' }),
      '#F405B3@T024BE7LD',
    ],
    [
      rich(
        { type: 'rich_text_list', style: 'bullet', indent: 0, elements: [line('brakes'), line('lights')] },
        { type: 'rich_text_list', style: 'ordered', indent: 1, offset: 2, elements: [line('front')] },
      ),
      '• brakes\n• lights\n  3. front',
    ],
    [rich({ type: 'rich_text_quote', elements: [words('one\ntwo')] }), '> one\n> two'],
    [
      rich({ type: 'rich_text_preformatted', elements: [words('if (a < b)\n  stop();')] }),
      '```\nif (a < b)\n  stop();\n```',
    ],
    // The first element may be empty: https://github.com/slackapi/slack-skills-plugin/issues/24
    [
      rich({ type: 'rich_text_quote', elements: [words(''), words('src/a.ts:7', { code: true })] }),
      '> `src/a.ts:7`',
    ],
  ])('converts example %# of rich text to mrkdwn', (given, expected) => {
    expect(given).toBe(expected);
  });

  test.each([
    [{ type: 'alert', level: 'warning', text: mrkdwn('Disk is full') }, 'Disk is full'],
    [
      {
        type: 'card',
        title: mrkdwn('*Order 7*'),
        subtitle: plain('Bolt'),
        body: mrkdwn('Shipped'),
        actions: [{ type: 'button', text: plain('Track'), url: 'https://b.example/7' }],
      },
      '*Order 7*\nBolt\nShipped\n[Track] (https://b.example/7)',
    ],
    [
      {
        type: 'carousel',
        elements: [
          { type: 'card', title: mrkdwn('One') },
          { type: 'card', title: mrkdwn('Two') },
        ],
      },
      'One\nTwo',
    ],
    [
      {
        type: 'task_card',
        task_id: 't1',
        title: 'Read the invoices',
        status: 'in_progress',
        details: { type: 'rich_text', elements: [line('3 of 7')] },
        sources: [{ type: 'url', url: 'https://s.example', text: 'Ledger' }],
      },
      'Read the invoices\nin_progress\n3 of 7\nLedger (https://s.example)',
    ],
    [
      {
        type: 'container',
        title: plain('Deploys'),
        child_blocks: [section('api 4.2'), { type: 'divider' }, section('shop 1.9')],
      },
      'Deploys\napi 4.2\nshop 1.9',
    ],
    [
      { type: 'call', call: { v1: { name: 'Stand-up', join_url: 'https://meet.example/1' } } },
      'Stand-up (https://meet.example/1)',
    ],
    [{ type: 'hologram', fallback: 'A hologram of the pier' }, 'A hologram of the pier'],
    [{ type: 'hologram', hologram_id: 'H1', style: 'blue' }, '[hologram]'],
    [{ type: 'Not A Kind!' }, '[block]'],
  ])('shows the text of a rare or unknown block: %j', (block, expected) => {
    expect(blocks(block)).toBe(expected);
  });

  test('shows the fallback or the type of an unknown element of rich text', () => {
    expect(
      inline(words('see '), { type: 'gadget', fallback: 'the gadget' }, { type: 'thing', id: 'x' }),
    ).toBe('see the gadget[thing]');
  });

  test('uses the text of a message if a block has no readable text', () => {
    expect(read({ text: 'A poll: tea or coffee?', blocks: [{ type: 'poll', poll_id: 'P1' }] })).toBe(
      'A poll: tea or coffee?',
    );
  });
});

describe('messageText with both text and blocks', () => {
  const once = [line('The crane is booked for Tuesday')];
  test.each([
    [
      'the same words',
      'The crane is booked for Tuesday',
      [{ type: 'rich_text', elements: once }],
      'The crane is booked for Tuesday',
    ],
    [
      'the same words with formatting in the text',
      '*The crane* is _booked_ for Tuesday',
      [{ type: 'rich_text', elements: once }],
      'The crane is booked for Tuesday',
    ],
    [
      'a list with other bullets in the text',
      'To do:\n• brakes\n    ◦ front\n1. lights',
      [
        {
          type: 'rich_text',
          elements: [
            line('To do:'),
            { type: 'rich_text_list', style: 'bullet', indent: 0, elements: [line('brakes')] },
            { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [line('front')] },
            { type: 'rich_text_list', style: 'ordered', indent: 0, elements: [line('lights')] },
          ],
        },
      ],
      'To do:\n• brakes\n  • front\n1. lights',
    ],
    [
      'a text that is the beginning of a block',
      'New: the crane is boo…',
      [section('New: the crane is booked for Tuesday')],
      'New: the crane is booked for Tuesday',
    ],
    [
      'a text that is the first of two blocks',
      'Deploy finished',
      [{ type: 'header', text: plain('Deploy finished') }, section('orders-api 4.2')],
      'Deploy finished\norders-api 4.2',
    ],
    [
      'a text that contains a block',
      'Alert! Disk is full',
      [section('Disk is full'), section('Host: db-2')],
      'Alert! Disk is full\nHost: db-2',
    ],
    [
      'a text and a block with different words',
      'New deployment event',
      [section('*orders-api* was rolled back')],
      'New deployment event\n*orders-api* was rolled back',
    ],
    ['a text that is a part of a word in a block', 'yes', [section('yesterday')], 'yes\nyesterday'],
    [
      'a link that the text lacks',
      'Fix the login',
      [section('<https://g.example/7|Fix the login>')],
      'Fix the login (https://g.example/7)',
    ],
    [
      'a link that the blocks lack',
      'See <https://g.example/7|Fix the login>',
      [section('Fix the login')],
      'See Fix the login (https://g.example/7)',
    ],
    ['a text and a block without words', '?!', [section('?!')], '?!'],
    [
      "Slack's text for content without text",
      "This content can't be displayed.",
      [section('Host: db-2')],
      'Host: db-2',
    ],
  ])('shows no content twice: %s', (_, text, given, expected) => {
    expect(read({ text, blocks: given })).toBe(expected);
  });

  test('keeps a label that only the text contains', () => {
    const elements = [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'channel', channel_id: 'C024BE7LR' },
          words(' and '),
          { type: 'usergroup', usergroup_id: 'S061EG9R6' },
        ],
      },
    ];

    expect(
      read({
        text: '<#C024BE7LR|product-news> and <!subteam^S061EG9R6|@mechanics>',
        blocks: [{ type: 'rich_text', elements }],
      }),
    ).toBe('#product-news and @mechanics');
  });

  test('leaves out text of attachments that repeats the message', () => {
    const attachments = [{ title: 'Build 7 failed', text: 'Step: lint', fallback: 'Build 7 failed' }];

    expect(read({ text: 'Build 7 failed', attachments })).toBe('Build 7 failed\nStep: lint');
  });
});

test('messageText shows a date once if the text and the blocks format the date differently', () => {
  const date = { type: 'date', timestamp: 1720710212, format: '{date_num} at {time}', fallback: '11 July' };

  expect(
    read({
      text: 'Due <!date^1720710212^{date_num} at {time}|11 July>',
      blocks: [
        { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [words('Due '), date] }] },
      ],
    }),
  ).toBe('Due 11 July');
});

describe('messageText with attachments', () => {
  test.each([
    [
      // https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments
      'every field of an attachment',
      [
        {
          fallback: 'Plain-text summary',
          pretext: 'New ticket from <@U012AB3CD>',
          author_name: 'Nadia',
          author_link: 'https://d.example/nadia',
          title: 'Ticket 7',
          title_link: 'https://d.example/7',
          text: 'The brake squeaks',
          fields: [{ title: 'Priority', value: 'High', short: false }],
          actions: [{ type: 'button', text: 'Close', url: 'https://d.example/7/close' }],
          image_url: 'https://d.example/7.png',
          footer: 'Desk',
          ts: 123456789,
        },
      ],
      'Nadia (https://d.example/nadia)\nNew ticket from @Nadia Brandt\nTicket 7 (https://d.example/7)\nThe brake squeaks\nPriority: High\n[Close] (https://d.example/7/close)\n[image]\nDesk · 1973-11-29T21:33:09.000Z',
    ],
    [
      // https://prometheus.io/docs/alerting/latest/notification_examples/
      'an alert of Alertmanager',
      [
        {
          color: 'danger',
          fallback: '[FIRING:1] InstanceDown',
          title: '[FIRING:1] InstanceDown',
          text: '*Alert:* down for 5 minutes\n *Severity:* `page`',
        },
      ],
      '[FIRING:1] InstanceDown\n*Alert:* down for 5 minutes\n *Severity:* `page`',
    ],
    [
      // https://github.com/NousResearch/hermes-agent/pull/79051
      'blocks in an attachment without a preview',
      [{ fallback: '[no preview available]', blocks: [section('CPU over 90 % on web-3')] }],
      'CPU over 90 % on web-3',
    ],
    [
      'an attachment that has only a fallback',
      [{ fallback: 'Build 7 failed' }, { fallback: '[no preview available]' }],
      'Build 7 failed',
    ],
    ['a picture with words', [{ fallback: 'A cat', image_url: 'https://c.example/1.gif' }], '[image: A cat]'],
    [
      'a preview of a page',
      [
        {
          from_url: 'https://n.example/1',
          service_name: 'News',
          title: 'Storm',
          title_link: 'https://n.example/1',
          text: 'It rains',
        },
      ],
      'News\nStorm (https://n.example/1)\nIt rains',
    ],
    [
      'two alerts that share words',
      [
        { title: 'db-1', text: 'critical' },
        { title: 'db-2', text: 'critical' },
      ],
      'db-1\ncritical\ndb-2\ncritical',
    ],
    ['a repeated attachment', [{ text: 'critical' }, { text: 'critical' }], 'critical'],
    ['malformed attachments', [null, 7, 'text', {}], ''],
  ])('shows %s', (_, attachments, expected) => {
    expect(read({ text: '', attachments })).toBe(expected);
  });

  // https://github.com/slackapi/java-slack-sdk/issues/1179
  test.each([
    [
      'with message_blocks',
      {
        is_msg_unfurl: true,
        author_name: 'Emil Novak',
        channel_id: 'C024BE7LR',
        from_url: 'https://x.slack.com/archives/C024BE7LR/p1',
        ts: '1720710212.000100',
        text: 'The press leaks',
        footer: 'Posted in #workshop',
        fallback: '[July 11th] emil: The press leaks',
        message_blocks: [
          {
            team: 'T1',
            channel: 'C024BE7LR',
            message: { blocks: [{ type: 'rich_text', elements: [line('The press leaks')] }] },
          },
        ],
      },
      '[shared message of Emil Novak, in #C024BE7LR, 2024-07-11T15:03:32.000Z, https://x.slack.com/archives/C024BE7LR/p1]\nThe press leaks',
    ],
    [
      'of an author without a name',
      { is_share: true, author_id: 'U012AB3CD', channel_name: 'ops', text: 'Down' },
      '[shared message of @Nadia Brandt, in #ops]\nDown',
    ],
    [
      'with a file only',
      { is_share: true, author_name: 'Emil', files: [{ name: 'key.png' }] },
      '[shared message of Emil]\n[file: key.png]',
    ],
    [
      'with its own attachment',
      { is_msg_unfurl: true, author_name: 'Bot', fallback: 'Alert: disk', message_blocks: [] },
      '[shared message of Bot]\nAlert: disk',
    ],
  ])('shows a shared message %s', (_, attachment, expected) => {
    expect(attached(attachment)).toBe(expected);
  });

  test('keeps a comment whose words also occur in the shared message', () => {
    const attachments = [{ is_share: true, author_name: 'Emil', text: 'done is done' }];

    expect(read({ text: 'done', attachments })).toBe('done\n[shared message of Emil]\ndone is done');
  });
});

describe('messageText with files and labels', () => {
  test.each([
    [{ files: [{ name: 'plan.pdf', title: 'Plan' }] }, '[file: Plan]'],
    [{ files: [{ id: 'F07QWERTY', title: 'Lease', filetype: 'quip' }] }, '[canvas F07QWERTY: Lease]'],
    [{ files: [{ mode: 'tombstone', id: 'F1' }] }, '[file: deleted]'],
    [{ files: [{ mode: 'hidden_by_limit', id: 'F1' }] }, '[file: hidden by the plan of the workspace]'],
    [{ files: [{ file_access: 'check_file_info', id: 'F1' }] }, '[file: unnamed]'],
    [
      { files: [{ name: 'a.js', mode: 'snippet', preview: 'const a = 1 < 2;' }] },
      '[file: a.js]\nconst a = 1 < 2;',
    ],
    // https://slack.com/help/articles/206819278
    [
      {
        files: [
          {
            mode: 'email',
            filetype: 'email',
            name: 'x',
            subject: 'Offer',
            plain_text: '118 EUR',
            preview: '<b>118</b>',
          },
        ],
      },
      '[file: Offer]\n118 EUR',
    ],
    [
      {
        files: [
          { name: 'audio.m4a', transcription: { status: 'complete', preview: { content: 'Call me back' } } },
        ],
      },
      '[file: audio.m4a]\nCall me back',
    ],
    [{ text: 'The offer is 118 EUR', edited: { user: 'U1', ts: '1.1' } }, '(edited) The offer is 118 EUR'],
    [{ text: 'This message was deleted.', subtype: 'tombstone', hidden: true }, '[deleted message]'],
    [{ text: '', subtype: 'huddle_thread', room: { name: 'Stand-up' } }, '[huddle: Stand-up]'],
    [{ text: '', subtype: 'brand_new_kind' }, '[brand_new_kind]'],
    [{ text: null, blocks: null, attachments: null, files: null, subtype: null }, ''],
    [{ text: 'ok', blocks: 'none', attachments: { a: 1 }, files: [7, null] }, 'ok'],
  ])('shows the content of %j', (message, expected) => {
    expect(read(message)).toBe(expected);
  });
});
