import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { tool } from '../draft-reply.ts';
import { errorsForIds } from './provider-errors.ts';

const local = useStackAndBed();

const Sent = z.object({ message: z.object({ threadId: z.string(), raw: z.string() }) });
const Draft = z.object({ draft_id: z.string(), to: z.array(z.string()), cc: z.array(z.string()) });
const HEADERS = {
  From: 'Lena <lena@x.example>',
  To: 'me@own.example',
  Subject: 'Bikes',
  'Message-ID': '<1@x.example>',
};
const OWN = [{ sendAsEmail: 'me@own.example', displayName: 'Me', isPrimary: true, isDefault: true }];

/** Returns the draft that Gmail received: its unfolded headers, and its text. */
function draftOf(body: string | undefined) {
  const { message } = Sent.parse(JSON.parse(body ?? ''));
  const [head = '', ...text] = Buffer.from(message.raw, 'base64url').toString().split('\r\n\r\n');
  const lines = head.replace(/\r\n[ \t]/g, ' ').split('\r\n');
  return {
    threadId: message.threadId,
    names: lines.map((line) => line.slice(0, line.indexOf(':'))),
    headers: Object.fromEntries(
      lines.map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]),
    ),
    text: text.join('\r\n\r\n'),
  };
}

/** Replies to a message with these headers. Returns the result and the draft. */
async function reply(
  headers: Record<string, string | undefined>,
  input: object = {},
  own: object[] = OWN,
  labelIds: string[] = [],
) {
  local.bed.provider.script = ({ method, url = '' }) => {
    if (method === 'POST') return { body: { id: 'r1', message: { id: 'm2', threadId: 't1' } } };
    if (url.endsWith('/sendAs')) return { body: { sendAs: own } };
    const all = Object.entries({ ...HEADERS, ...headers }).flatMap(([name, value]) =>
      value ? { name, value } : [],
    );
    return { body: { id: 'm1', threadId: 't1', labelIds, payload: { headers: all } } };
  };
  const { json, error } = await local.bed.environment(tool)({
    input: { message_id: 'm1', text: 'Yes.', ...input },
  });
  const sent = local.bed.provider.requests.find(({ method }) => method === 'POST');
  return { json, error, draft: sent && draftOf(sent.body) };
}

describe('gmail_draft_reply', () => {
  test('saves a draft in the thread, and sends nothing', async () => {
    const text = 'Liebe Lena,\n\ndas Angebot folgt am Montag. 🚲\n.\nAda';

    const { status, json } = await local.stack.call('user_ada', tool.name, {
      message_id: '19e5a1c0ada00006',
      text,
    });

    expect(status).toBe(200);
    expect(json).toEqual({
      draft_id: expect.any(String),
      thread_id: '19e5a1c0ada00006',
      to: ['lena@cityferries.example'],
      cc: [],
      left_out: ['piet@cityferries.example'],
      url: 'https://mail.google.com/mail/#all/19e5a1c0ada00006',
    });
    const posts = local.stack.scalekit.requests.filter(({ forwarded }) => forwarded?.method === 'POST');
    expect(posts.map(({ forwarded }) => forwarded?.path)).toEqual(['/gmail/v1/users/me/drafts']);
    const thread = await local.stack.call('user_ada', 'gmail_read_thread', { thread_id: '19e5a1c0ada00006' });
    expect(thread.json).toMatchObject({
      // The time is null, because the draft was not sent.
      messages: [
        { is_draft: true, sent_at: null, text, from: expect.stringContaining('ada@harborbikes.example') },
        {},
        {},
      ],
    });
    const { draft_id } = Draft.parse(json);
    expect(await local.stack.provider('gmail', 'user_ada', '/gmail/v1/users/me/drafts')).toMatchObject({
      drafts: expect.arrayContaining([expect.objectContaining({ id: draft_id })]),
    });
  });

  test("leaves the user's own addresses and aliases out of a reply to all", async () => {
    const { json } = await local.stack.call('user_ada', tool.name, {
      message_id: '19e5a1c0ada00006',
      text: 'Yes.',
      reply_all: true,
    });

    expect(json).toMatchObject({
      to: ['lena@cityferries.example'],
      cc: ['piet@cityferries.example'],
      left_out: [],
    });
  });

  test('writes the headers that mail programs use to find the thread', async () => {
    const { draft } = await reply({ References: '<0@x.example>' });

    expect(draft).toMatchObject({
      threadId: 't1',
      headers: {
        From: 'Me <me@own.example>',
        To: 'lena@x.example',
        Subject: 'Re: Bikes',
        'In-Reply-To': '<1@x.example>',
        References: '<0@x.example> <1@x.example>',
      },
      text: 'Yes.\r\n',
    });
  });

  test.each<[string, Record<string, string | undefined>, object, { to: string[]; cc: string[] }]>([
    ['the address in Reply-To', { 'Reply-To': 'desk@x.example' }, {}, { to: ['desk@x.example'], cc: [] }],
    [
      'the original recipients if the message is from the user',
      { From: 'Me <ME@own.example>', To: 'a@x.example, b@x.example', Cc: 'c@x.example' },
      { reply_all: true },
      { to: ['a@x.example', 'b@x.example'], cc: ['c@x.example'] },
    ],
    // https://github.com/txthinking/Mailer/issues/21 and https://github.com/zammad/zammad/issues/3867
    ['the sender if Reply-To is empty', { 'Reply-To': '<>' }, {}, { to: ['lena@x.example'], cc: [] }],
    [
      'the sender if Reply-To has no address',
      { 'Reply-To': 'undisclosed-recipients:;' },
      {},
      { to: ['lena@x.example'], cc: [] },
    ],
    // https://www.rfc-editor.org/rfc/rfc5322#appendix-A.1.3
    [
      'every member of a group',
      { 'Reply-To': 'A Group:Ed Jones <joe@where.example>,John <jdoe@one.example>;, c@x.example' },
      {},
      { to: ['joe@where.example', 'jdoe@one.example', 'c@x.example'], cc: [] },
    ],
    // https://www.rfc-editor.org/rfc/rfc2047#section-5: a comma in an encoded name is not the end of an address.
    [
      'a person whose name is encoded',
      { From: '=?utf-8?Q?Fuchs=2C_Lena?= <lena@x.example>', To: 'Müller, Hans <h@x.example>' },
      { reply_all: true },
      { to: ['lena@x.example'], cc: ['h@x.example'] },
    ],
    [
      'each person once',
      { To: 'me@own.example, "B, C" <b@x.example>, B@x.example', Cc: 'lena@x.example, Team: d@x.example;' },
      { reply_all: true },
      { to: ['lena@x.example'], cc: ['B@x.example', 'd@x.example'] },
    ],
  ])('addresses the reply to %s', async (_, headers, input, recipients) => {
    const { json } = await reply(headers, input);

    expect(Draft.parse(json)).toMatchObject(recipients);
  });

  // https://developers.google.com/workspace/gmail/api/guides/labels
  test('addresses the reply to the recipients if the user sent the message with another Reply-To', async () => {
    const headers = { From: 'me@own.example', To: 'a@x.example', 'Reply-To': 'desk@elsewhere.example' };

    expect((await reply(headers, {}, OWN, ['SENT'])).json).toMatchObject({ to: ['a@x.example'] });
    // A contact form on a website sends mails with the address of the website's owner. These mails do not have the
    // label SENT.
    expect((await reply(headers)).json).toMatchObject({ to: ['desk@elsewhere.example'] });
  });

  test.each<[string, Record<string, string>, string, string]>([
    // https://github.com/getpatchwork/patchwork/issues/399
    [
      'Emacs comments next to its IDs',
      {
        'Message-ID': '<b@x.example> (added by postmaster@x.example)',
        References: '<a@x.example> (message from Ed)',
      },
      '<b@x.example>',
      '<a@x.example> <b@x.example>',
    ],
    // https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4: spaces between the IDs are optional. The header
    // References is optional, too.
    [
      'no spaces between its IDs',
      { 'Message-ID': ' <c@x.example>', References: '<a@x.example><b@x.example>' },
      '<c@x.example>',
      '<a@x.example> <b@x.example> <c@x.example>',
    ],
    [
      'no References',
      { 'Message-ID': '<b@x.example>', 'In-Reply-To': 'Your message of Monday <a@x.example>' },
      '<b@x.example>',
      '<a@x.example> <b@x.example>',
    ],
    // https://github.com/stalwartlabs/mail-parser/issues/42
    ['no brackets around its ID', { 'Message-ID': 'b@x.example' }, '<b@x.example>', '<b@x.example>'],
  ])('keeps the reply in the thread of a message with %s', async (_, headers, inReplyTo, references) => {
    expect((await reply(headers)).draft?.headers).toMatchObject({
      'In-Reply-To': inReplyTo,
      References: references,
    });
  });

  test('lists each omitted recipient once, and does not list the user', async () => {
    const { json } = await reply({
      To: 'me@own.example, "B, C" <b@x.example>, B@x.example',
      Cc: 'lena@x.example, Team: d@x.example;',
    });

    expect(json).toMatchObject({ to: ['lena@x.example'], cc: [], left_out: ['B@x.example', 'd@x.example'] });
  });

  test('sets the address that received the message as the sender', async () => {
    const alias = { sendAsEmail: 'shop@own.example', displayName: 'Shop', verificationStatus: 'accepted' };
    const pending = { sendAsEmail: 'new@own.example', displayName: 'New', verificationStatus: 'pending' };

    expect((await reply({ To: 'shop@own.example' }, {}, [...OWN, alias])).draft?.headers.From).toBe(
      'Shop <shop@own.example>',
    );
    local.bed.reset();
    expect((await reply({ To: 'new@own.example' }, {}, [...OWN, pending])).draft?.headers.From).toBe(
      'Me <me@own.example>',
    );
  });

  // Plus addresses and dots in Gmail addresses: https://support.google.com/mail/answer/22370,
  // https://support.google.com/mail/answer/7436150
  test.each([
    ["the user's address with a plus", 'me+shop@own.example', {}],
    ['an alias of the user that only receives', 'info@own.example', { 'Delivered-To': 'info@own.example' }],
    ["the user's Gmail address with other dots", 'm.e@gmail.com', { 'Delivered-To': 'me@googlemail.com' }],
  ])('does not address the reply to the user: %s', async (_, address, headers) => {
    const { json } = await reply({ To: `${address}, b@x.example`, ...headers }, { reply_all: true });

    expect(json).toMatchObject({ to: ['lena@x.example'], cc: ['b@x.example'] });
  });

  test('reads a header named CC, and sets the reply address of an alias', async () => {
    const alias = {
      sendAsEmail: 'shop@own.example',
      displayName: 'Shop',
      replyToAddress: 'desk@own.example',
      verificationStatus: 'accepted',
    };
    const { json, draft } = await reply({ To: 'shop@own.example', CC: 'c@x.example' }, { reply_all: true }, [
      ...OWN,
      alias,
    ]);

    expect(json).toMatchObject({ cc: ['c@x.example'] });
    expect(draft?.headers['Reply-To']).toBe('desk@own.example');
    expect(local.bed.provider.requests.map(({ url }) => url)).toContain(
      '/gmail/v1/users/me/messages/m1?format=metadata',
    );
  });

  test('writes CR LF at the end of each line', async () => {
    const { draft } = await reply({}, { text: 'one\ntwo\r\nthree\rfour' });

    expect(draft?.text).toBe('one\r\ntwo\r\nthree\r\nfour\r\n');
  });

  test.each([
    ['AW: Bikes', 'Re: AW: Bikes'],
    ['RE: Bikes', 'RE: Bikes'],
    [undefined, 'Re: '],
  ])('if the subject is %j, writes the subject %j', async (subject, expected) => {
    expect((await reply({ Subject: subject })).draft?.headers.Subject).toBe(expected);
  });

  test('does not copy additional headers from a hostile message', async () => {
    const { draft } = await reply({
      Subject: 'Bikes\r\nBcc: spy@y.example',
      'Message-ID': '<1@x.example>\r\nBcc: spy@y.example',
      References: '<0@x.example>\r\nX-Spy: 1',
      From: 'Lena\r\nBcc: spy@y.example <lena@x.example>',
    });

    expect(draft?.names).toEqual([
      'From',
      'To',
      'In-Reply-To',
      'References',
      'Subject',
      'Message-ID',
      'Content-Transfer-Encoding',
      'Date',
      'MIME-Version',
      'Content-Type',
    ]);
    expect(draft?.headers.To).toBe('lena@x.example');
  });

  test.each([
    ['no sender', { From: undefined }],
    ['an invalid sender', { From: 'Lena <not an address>' }],
  ])('returns a conflict for a message with %s, and suggests asking the user', async (_, headers) => {
    const { error } = await reply(headers);

    expect(error).toMatchObject({ code: 'conflict', message: expect.stringContaining('ask the user') });
    expect(local.bed.provider.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  test('replies to a message that has only a sender', async () => {
    const { json } = await reply({ To: undefined, Subject: undefined, 'Message-ID': undefined }, {}, []);

    expect(json).toMatchObject({ draft_id: 'r1', thread_id: 't1', to: ['lena@x.example'] });
  });

  test('returns permission_denied without the scope to write drafts', async () => {
    local.stack.scalekit.setAccount('gmail', 'user_grace', {
      status: 'ACTIVE',
      accessToken: 'ya29.local-grace',
    });

    const input = { message_id: '19e5a1c0face0002', text: 'Yes.' };
    const { error } = await local.stack.call('user_grace', tool.name, input);

    expect(error).toMatchObject({
      code: 'permission_denied',
      details: expect.arrayContaining([
        { path: '', issue: 'needs the scope https://www.googleapis.com/auth/gmail.compose' },
      ]),
    });
  });

  test.each([
    [{ text: 'Yes.' }, 'message_id'],
    [{ message_id: 'm1', text: '' }, 'text'],
    [{ message_id: 'm1', text: ' \n' }, 'text'],
    [{ message_id: 'm1', text: 'x'.repeat(20_001) }, 'text'],
    [{ message_id: 'm1', text: 'Yes.', to: 'spy@y.example' }, 'to'],
  ])('rejects the input %j', async (input, path) => {
    const { error } = await local.stack.call('user_ada', tool.name, input);

    expect(error).toMatchObject({
      code: 'invalid_input',
      details: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(local.stack.scalekit.requests).toEqual([]);
  });
});

testProviderErrors(tool, { message_id: 'm1', text: 'Yes.' }, errorsForIds);
