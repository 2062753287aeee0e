import { describe, expect, test } from 'vitest';
import { findCredentials, findLeftovers } from '../../../local/record/find-secrets.ts';
import { scrubRecording } from '../../../local/record/scrub-fixture.ts';
import { textViews } from '../../../local/record/text-views.ts';
import { thingRecording } from './thing-tool.ts';

type Answer = NonNullable<NonNullable<Parameters<typeof thingRecording>[0]>['answer']>;

const encoded = (text: string) => Buffer.from(text).toString('base64url');

// As the documentation of each provider shows them.
const ANSWERS: Record<string, Answer> = {
  Gmail: {
    id: '19e5a1c0ada00002',
    threadId: '19e5a1c0ada00001',
    labelIds: ['UNREAD', 'Label_12', 'INBOX'],
    snippet: 'Hello Ada, here is our quote &#39;for&#39; 40 wheelsets',
    historyId: '881231',
    internalDate: '1731400800000',
    sizeEstimate: 2331,
    payload: {
      partId: '',
      mimeType: 'multipart/alternative',
      filename: 'quote Silva.pdf',
      headers: [
        { name: 'Delivered-To', value: 'ada@harborbikes.test' },
        {
          name: 'Received',
          value:
            'from mail.tide.test (mail.tide.test [203.0.113.9]) by mx.google.com with ESMTPS id x12 for <ada@harborbikes.test>; Tue, 12 Nov 2024 06:40:00 -0800 (PST)',
        },
        { name: 'From', value: '"Silva, Marta" <marta@tide.test>' },
        { name: 'Subject', value: 'Re: Quote for 40 wheelsets' },
        { name: 'Message-ID', value: '<CAF=abc123@mail.tide.test>' },
        { name: 'Date', value: 'Tue, 12 Nov 2024 14:40:00 +0000' },
        { name: 'Content-Type', value: 'multipart/alternative; boundary="000000000000abc"' },
        { name: 'DKIM-Signature', value: 'v=1; a=rsa-sha256; d=tide.test; s=google; b=abcDEF123' },
      ],
      parts: [
        {
          mimeType: 'text/plain',
          body: {
            data: encoded(
              'Hello Ada,\r\nhere is our quote for 40 wheelsets. Call +351 912 345 678.\r\nMarta Silva\r\nhttps://tide.test/q/8812?token=abcdefghijk',
            ),
          },
        },
        {
          mimeType: 'text/html',
          body: {
            data: encoded(
              '<div dir="ltr"><table border="0" cellpadding="1"><tr><td>Hello <b>Ada</b></td></tr></table></div>',
            ),
          },
        },
      ],
    },
  },
  GitHub: {
    id: 1_920_311,
    node_id: 'MDU6SXNzdWUx',
    number: 42,
    url: 'https://api.github.com/repos/tide-org/wheel-shop/issues/42',
    title: 'Login is broken since Tuesday',
    state: 'open',
    user: { login: 'marta-silva', id: 5_551_231, type: 'User', site_admin: false },
    labels: [{ id: 12_345_678, name: 'good first issue', color: '7057ff', default: true }],
    assignee: null,
    created_at: '2024-11-12T14:40:00Z',
    author_association: 'CONTRIBUTOR',
    body: '@marta-silva please look at **this** `npm run build`\n\n```js\nwheelsets(1)\n```',
    repository: { full_name: 'tide-org/wheel-shop', default_branch: 'main', topics: ['bikes'] },
    sha: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
  },
  HubSpot: {
    results: [
      {
        id: '151',
        properties: {
          createdate: '2024-11-12T14:40:00.000Z',
          email: 'marta@tide.test',
          firstname: 'Marta',
          lastname: 'Silva',
          hs_object_id: '151',
          phone: '(351) 912-345',
          company: 'Tide',
          lifecyclestage: 'lead',
          amount: '1500.50',
          dealname: 'Forty wheelsets',
        },
        archived: false,
      },
    ],
    paging: {
      next: { after: 'MTUx', link: 'https://api.hubapi.com/crm/v3/objects/contacts?after=MTUx&limit=1' },
    },
  },
  Salesforce: {
    totalSize: 1,
    done: false,
    nextRecordsUrl: '/services/data/v59.0/query/01g5g00000AbCdEAAV-500',
    records: [
      {
        attributes: {
          type: 'Contact',
          url: '/services/data/v59.0/sobjects/Contact/0035g00000XyZabAAB',
        },
        Id: '0035g00000XyZabAAB',
        Name: 'Marta Silva',
        Email: 'marta@tide.test',
        Phone: '+351 912 345 678',
        Account: { attributes: { type: 'Account' }, Name: 'Tide Ltd' },
        StageName: 'Closed Won',
        CreatedDate: '2024-11-12T14:40:00.000+0000',
        Amount: 1200.5,
      },
    ],
  },
  Slack: {
    ok: true,
    messages: [
      {
        type: 'message',
        user: 'U0429ABCDE',
        ts: '1503435956.000247',
        client_msg_id: '2cfe8a3b-1111-4222-8333-123456789abc',
        text: 'Hi <@U0429ABCDE>, see <https://tide.test/x|this> *now* :tada: in <#C024BE91L|wheelsets>',
        blocks: [
          {
            type: 'rich_text',
            block_id: 'Xyz1',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: 'Hi there dear Marta' },
                  { type: 'user', user_id: 'U0429ABCDE' },
                ],
              },
            ],
          },
        ],
        reactions: [{ name: 'tada', users: ['U0429ABCDE'], count: 1 }],
      },
    ],
    response_metadata: { next_cursor: 'bmV4dF90czox' },
    members: [
      {
        id: 'U0429ABCDE',
        profile: {
          real_name: 'Marta Silva',
          display_name: 'marta',
          email: 'marta@tide.test',
          image_24: 'https://avatars.slack-edge.com/2024/abcdefgh_24.jpg',
          status_emoji: ':bike:',
        },
        tz: 'Europe/Lisbon',
      },
    ],
  },
};
const HEADERS = {
  link: '<https://api.github.com/repositories/1300192/issues?page=2>; rel="next", <https://api.github.com/repositories/1300192/issues?page=7>; rel="last"',
  'x-oauth-scopes': 'repo, gist, user, workflow, project',
  'x-github-sso': 'required; url=https://github.com/orgs/tide-org/sso?authorization_request=AZSCKL',
  'x-github-request-id': 'C0A1:2B3C:4D5E:6F70:65A1',
  'sforce-limit-info': 'api-usage=18/15000',
  'x-ratelimit-reset': '1731400800',
};
const PERSONAL =
  /marta|silva|tide|wheel|harbor|quote|tuesday|912|203\.0\.113|0429|024BE91|19e5a1c0|35g00000|1g5g0|5551231|6dcb09b|bmV4d|2cfe8a|abcdefgh|C0A1|1300192|AZSCKL|hubapi|slack-edge/i;

describe.each(Object.entries(ANSWERS))('an answer of %s', (_, answer) => {
  const recording = {
    ...thingRecording({
      answer,
      headers: HEADERS,
      query: ['soql', "SELECT Id, Name FROM Contact WHERE Name LIKE '%x%' ORDER BY Name LIMIT 10"],
    }),
    results: [],
  };
  const { replacements, ...scrubbed } = scrubRecording(recording);

  test('can be recorded', () => {
    expect(findCredentials(recording)).toEqual([]);
    expect(findLeftovers(scrubbed, replacements)).toEqual([]);
  });

  test('holds nothing of anybody, however it is decoded', () => {
    expect(JSON.stringify(recording)).toMatch(PERSONAL);

    const views = textViews(JSON.stringify(scrubbed));

    expect(views.filter((view) => PERSONAL.test(view)).map((view) => PERSONAL.exec(view)?.[0])).toEqual([]);
  });
});
