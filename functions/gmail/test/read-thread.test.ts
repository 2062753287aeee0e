import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { mailText, mailTime } from '../../../local/providers/story-time.ts';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import type { GmailPart } from '../local/mime-parts.ts';
import { tool } from '../read-thread.ts';
import { file, html, mail, multi, plain, REPLY } from './mail-parts.ts';
import { errorsForIds } from './provider-errors.ts';

const local = useStackAndBed();

type Payload = Parameters<typeof mail>[0];
const BARE = {
  from: null,
  to: null,
  cc: null,
  sent_at: null,
  is_draft: false,
  next_text_start: null,
  is_shortened: false,
  has_other_plain_text: false,
  invitation: null,
  attachments: [],
  is_complete: true,
  missing: [],
};
const Page = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      next_text_start: z.number().nullable(),
      missing: z.array(z.string()),
    }),
  ),
});

/** Makes the emulated Gmail return a thread with these messages. */
function gmailHas(...messages: object[]) {
  local.bed.provider.script = () => ({ body: { id: 't1', messages } });
}

/** Calls the tool for the emulated thread. */
async function call(input: object = {}) {
  return local.bed.environment(tool)({ input: { thread_id: 't1', ...input } });
}

/** Returns the tool's output for one message. */
async function readMessage(payload: Payload, headers = {}, more = {}) {
  gmailHas(mail(payload, headers, more));
  return (await call()).json;
}
const message = (expected: object) =>
  expect.objectContaining({ messages: [expect.objectContaining(expected)] });

describe('gmail_read_thread', () => {
  test('reads a thread, newest first, without quotations', async () => {
    const { status, json } = await local.stack.call('user_ada', tool.name, { thread_id: '19e5a1c0ada00001' });

    expect(status).toBe(200);
    const common = {
      ...BARE,
      from: 'Marta Silva <marta@tidewheel.example>',
      to: 'Ada Okafor <ada@harborbikes.example>',
    };
    expect(json).toEqual({
      messages: [
        {
          ...common,
          id: '19e5a1c0ada00003',
          sent_at: mailTime('2026-11-19T09:05:00Z'),
          text: mailText(
            'Hello Ada, did you have time to look at this? The quote ends on {2026-11-30}.\nMarta',
          ),
          is_shortened: true,
        },
        expect.objectContaining({ id: '19e5a1c0ada00002', sent_at: mailTime('2026-11-12T14:40:00Z') }),
        {
          ...common,
          id: '19e5a1c0ada00001',
          sent_at: mailTime('2026-11-09T08:12:00Z'),
          text: mailText(
            'Hello Ada, here is our quote for 40 wheelsets: 112 EUR each, delivery in three weeks. It is valid until {2026-11-30}. Marta',
          ),
        },
      ],
      subject: 'Quote for 40 wheelsets',
      url: 'https://mail.google.com/mail/#all/19e5a1c0ada00001',
      count: 3,
      next_cursor: null,
      omitted: 0,
    });
    expect(local.stack.scalekit.requests.at(-1)?.forwarded).toMatchObject({
      method: 'GET',
      path: '/gmail/v1/users/me/threads/19e5a1c0ada00001?format=full',
    });
  });

  test('lists attachments and recipients', async () => {
    const { json } = await local.stack.call('user_ada', tool.name, { thread_id: '19e5a1c0ada00006' });

    expect(json).toMatchObject({
      messages: [
        { attachments: [] },
        {
          cc: 'Piet Haan <piet@cityferries.example>, Harbor Bikes Sales <sales@harborbikes.example>',
          attachments: [
            { name: 'staff-sizes.csv', type: 'text/csv', size_bytes: 25, id: expect.any(String) },
          ],
        },
      ],
    });
  });

  test('accepts the URL of a thread', async () => {
    const thread_id = 'https://mail.google.com/mail/#all/19e5a1c0ada00006';

    expect((await local.stack.call('user_ada', tool.name, { thread_id })).json).toMatchObject({
      url: thread_id,
    });
  });

  // Each of these messages is easy to misread.
  test.each([
    ['19e5a1c0ada00101', { text: expect.stringContaining('costs 900 EUR') }],
    ['19e5a1c0ada00102', { text: expect.stringContaining('Power is 40 EUR') }],
    ['19e5a1c0ada00103', { text: expect.stringContaining('my 640 EUR back') }],
    ['19e5a1c0ada00104', { text: expect.stringContaining('74.50 EUR') }],
    [
      '19e5a1c0ada00105',
      {
        text: mailText(
          'New fares\n\nFrom {2026-12-01} a bike costs 2.50 EUR. All fares <https://cityferries.example/fares>',
        ),
        has_other_plain_text: true,
      },
    ],
    ['19e5a1c0ada00106', { text: expect.stringMatching(/^The regatta is moved to Sunday\.\n\n_+\nRowers/) }],
    [
      '19e5a1c0ada00107',
      {
        text: 'The address old@cityferries.example was not found.',
        attachments: [{ type: 'message/delivery-status' }, { type: 'message/rfc822' }],
      },
    ],
    [
      '19e5a1c0ada00108',
      {
        invitation: {
          title: 'Crane for the new racks',
          starts: mailTime('2026-11-27T08:00:00Z'),
          place: 'Quay 3, gate B',
          method: 'REQUEST',
        },
        attachments: [{ type: 'text/calendar' }, { type: 'application/pdf', id: 'ANGjdJ8crane', name: null }],
      },
    ],
    ['19e5a1c0ada00109', { text: 'Die Größe ist für Räder bis 28 Zoll.' }],
    ['19e5a1c0ada0010a', { text: 'The tide tables of next quarter:\n\nMonth\tHighest\nJanuary\t4.1 m' }],
    [
      '19e5a1c0ada0010d',
      {
        text: 'Two topics today.\n\n[mail: Boat house key]\n\nThe key is under the mat.\n\n[mail: Regatta]\n\nГонка перенесена на воскресенье.',
        attachments: [],
      },
    ],
  ])('reads the untidy message of the thread %s', async (thread_id, expected) => {
    const { json } = await local.stack.call('user_ada', tool.name, { thread_id });

    expect(json).toMatchObject({ messages: [{ ...expected, is_complete: true }] });
  });

  test('returns a long thread in pages', async () => {
    const pages = await everyPage((input) => local.stack.call('user_ada', tool.name, input), 'messages', {
      thread_id: '19e5a1c0ada00001',
      max_results: 2,
    });

    expect(pages.map(({ length }) => length)).toEqual([2, 1]);
  });

  test("returns not_found for another user's thread", async () => {
    local.stack.scalekit.setAccount('gmail', 'user_grace', {
      status: 'ACTIVE',
      accessToken: 'ya29.local-grace',
    });

    const { error } = await local.stack.call('user_grace', tool.name, { thread_id: '19e5a1c0ada00001' });

    expect(error?.code).toBe('not_found');
  });

  test('returns pages from newest to oldest, even if a message arrives between two pages', async () => {
    const listed = [1, 2, 3, 4].map((number) => mail(plain(`mail ${number}`), {}, { id: `m${number}` }));
    gmailHas(...listed);
    const first = (await call({ max_results: 2 })).json;
    gmailHas(...listed, mail(plain('mail 5'), {}, { id: 'm5' }));

    const { next_cursor } = z.object({ next_cursor: z.string() }).parse(first);
    const second = (await call({ cursor: next_cursor })).json;

    const textsOf = (page: unknown) => Page.parse(page).messages.map(({ text }) => text);
    expect([...textsOf(first), ...textsOf(second)]).toEqual(['mail 4', 'mail 3', 'mail 2', 'mail 1']);
  });

  test('returns an empty text for a message that has only an ID', async () => {
    gmailHas({ id: 'm1', threadId: 't1' });

    expect((await call()).json).toEqual({
      messages: [{ ...BARE, id: 'm1', text: '' }],
      subject: null,
      url: 'https://mail.google.com/mail/#all/t1',
      count: 1,
      next_cursor: null,
      omitted: 0,
    });
  });

  test('returns an empty list for an empty thread', async () => {
    local.bed.provider.script = () => ({ body: { id: 't1', historyId: '1' } });

    expect((await call()).json).toMatchObject({ count: 0 });
  });

  test('returns is_draft: true for a draft', async () => {
    expect(await readMessage(plain('x'), {}, { labelIds: ['DRAFT'] })).toEqual(message({ is_draft: true }));
  });

  test('returns quotations and signatures on request', async () => {
    const text = 'Yes.\n\nOn Mon, Nov 9, 2026 at 8:12 AM Lena <lena@x.example> wrote:\n> Shall we?';
    gmailHas(
      mail(multi('alternative', plain('the plain form says something else here'), html('<p>Hi</p>'))),
      mail(plain(text), REPLY, { id: 'm2' }),
    );

    expect((await call()).json).toMatchObject({
      messages: [
        { text: 'Yes.', is_shortened: true },
        { text: 'Hi', has_other_plain_text: true },
      ],
    });
    expect((await call({ include_all: true })).json).toMatchObject({
      messages: [
        { text, is_shortened: false },
        { text: 'Hi\n\n[Its plain-text form:]\nthe plain form says something else here' },
      ],
    });
  });

  test('reads a long text to its end, in parts', async () => {
    const text = Array.from({ length: 6_000 }, (_, index) => `line ${index} ü😀`).join('\n');
    gmailHas(mail(plain('short'), {}, { id: 'm0' }), mail(plain(text)));
    const [cut] = Page.parse((await call()).json).messages;
    expect(cut).toMatchObject({
      next_text_start: expect.any(Number),
      missing: [expect.stringContaining('goes on')],
    });

    expect(cut?.text).toMatch(/…$/);
    let read = cut?.text.replace(/…$/, '') ?? '';
    let text_start = cut?.next_text_start ?? null;
    while (text_start !== null) {
      const [next] = Page.parse((await call({ message_id: 'm1', text_start })).json).messages;
      read += next?.text.replace(/…$/, '');
      text_start = next?.next_text_start ?? null;
    }

    expect(read).toBe(text);
  });

  test('rejects a text_start beyond the end of the text', async () => {
    gmailHas(mail(plain('short')));

    expect((await call({ message_id: 'm1', text_start: 5 })).json).toMatchObject({
      messages: [{ text: '' }],
    });
    expect((await call({ message_id: 'm1', text_start: 6 })).error).toMatchObject({
      code: 'invalid_input',
      details: [{ path: 'text_start', issue: expect.stringContaining('beyond the end') }],
    });
  });

  // https://github.com/googleapis/google-api-nodejs-client/issues/3508:
  // Gmail does not always list messages in the order of their dates.
  test('returns the newest message first, even if an older message was imported later', async () => {
    const dates = { m1: '1700000000000', m2: '1800000000000', m3: undefined, m4: '1600000000000' };
    gmailHas(...Object.entries(dates).map(([id, internalDate]) => mail(plain(id), {}, { id, internalDate })));

    expect((await call()).json).toMatchObject({ messages: ['m3', 'm2', 'm1', 'm4'].map((id) => ({ id })) });
  });

  // https://www.rfc-editor.org/rfc/rfc5322#section-4.3 defines the older forms. Appendix A.6.2 has an example.
  test.each([
    ['21 Nov 97 09:55:06 GMT', '1997-11-21T09:55:06Z'],
    ['Fri, 21 Nov 1997 09(comment):   55  :  06 -0600', null],
    ['Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time)', null],
    ['Thu, 13 Feb 2020 23:32 -0330 (Newfoundland Time)', '2020-02-14T03:02:00Z'],
    // https://github.com/GAM-team/got-your-back/issues/266
    ['27 Jan 00 15:03:00\r\n  PDT', '2000-01-27T22:03:00Z'],
    ['Mon, 24 Feb 2020 10:00:00 -0000', '2020-02-24T10:00:00Z'],
    ['Fri, 31 Dec 9999 23:59:59 +0000', '9999-12-31T23:59:59Z'],
    ['Fri, 31 Dec 9999 23:59:59 -0100', null],
    ['Mon, 24 Feb 2020 10:00:00', null],
    ['yesterday', null],
  ])('if Gmail gives no date, converts the header Date %j to %s', async (date, sent_at) => {
    const read = await readMessage(plain('x'), { Date: date }, { internalDate: '-11499580000000' });

    expect(read).toEqual(message({ sent_at }));
  });

  test('rejects text_start without message_id', async () => {
    expect((await call({ text_start: 5 })).error).toMatchObject({
      code: 'invalid_input',
      details: [{ path: 'text_start', issue: 'needs message_id' }],
    });
  });

  test('returns not_found for a message of another thread', async () => {
    gmailHas(mail(plain('x')));

    expect((await call({ message_id: 'm9' })).error).toMatchObject({ code: 'not_found' });
  });
});

describe('gmail_read_thread with an unusual message or ID', () => {
  const good = mail(plain('good'), {}, { id: 'm0' });
  const deep = (depth: number): GmailPart => (depth === 0 ? plain('deep') : multi('mixed', deep(depth - 1)));

  test.each<[string, object]>([
    ['is dated before 1970', mail(plain('odd'), {}, { internalDate: '-11499580000000' })],
    ['is dated far in the future', mail(plain('odd'), {}, { internalDate: '99999999999999999' })],
    ['has no date', mail(plain('odd'), {}, { internalDate: 'soon' })],
    ['has malformed parts', { id: 'm1', payload: { mimeType: 7, parts: [null, 5, { body: [] }] } }],
    [
      'has a body without a size',
      { id: 'm1', payload: { mimeType: 'text/plain', body: { size: null, data: 7 } } },
    ],
    ['has malformed headers', { id: 'm1', payload: { headers: [{ name: 'From' }, null] } }],
    ['is not base64', mail({ ...plain(''), body: { size: 1, data: '*** not base64 ***' } })],
    ['is nested deep', mail(deep(45))],
    [
      'has many parts',
      mail(multi('mixed', ...Array.from({ length: 3_000 }, (_, index) => file('a/b', `f${index}`)))),
    ],
    ['is hostile', mail(html('<div><p>'.repeat(60_000)), REPLY)],
    [
      'has long IDs',
      mail(
        multi('mixed', ...Array.from({ length: 40 }, () => file('a/b', 'x'.repeat(300), 'y'.repeat(1_500)))),
      ),
    ],
  ])('returns the other messages if one message %s', async (_, odd) => {
    gmailHas(good, odd);

    const { status, json } = await call();

    expect(status).toBe(200);
    expect(json).toMatchObject({ messages: [{ id: 'm1' }, { id: 'm0', text: 'good', is_complete: true }] });
  });

  test('reads each message separately if the thread is too large, and reports a message that is too deep', async () => {
    const tooDeep = `${'['.repeat(300)}${']'.repeat(300)}`;
    local.bed.provider.script = ({ url = '' }) => {
      const { pathname, searchParams } = new URL(url, 'http://x.example');
      const format = searchParams.get('format');
      if (pathname.endsWith('/t1'))
        return format === 'full'
          ? { body: 'x'.repeat(6_000_000) }
          : { body: { messages: [{ id: 'm0' }, { id: 'm1' }] } };
      if (pathname.endsWith('/m0')) return { body: good };
      return format === 'full'
        ? { body: `{"id":"m1","payload":${tooDeep}` }
        : { body: mail(plain(''), { Subject: 'Big' }) };
    };

    expect((await call()).json).toMatchObject({
      messages: [
        { id: 'm1', is_complete: false, missing: [expect.stringContaining('too large')] },
        { id: 'm0', text: 'good' },
      ],
    });
  });

  test('reports a message whose body cannot be loaded', async () => {
    local.bed.provider.script = ({ url = '' }) =>
      url.includes('/attachments/')
        ? { status: 404, body: {} }
        : { body: { messages: [good, mail({ ...html(''), body: { size: 9, attachmentId: 'A9' } })] } };

    expect((await call()).json).toMatchObject({
      messages: [{ text: '', is_complete: false }, { text: 'good' }],
    });
  });

  test.each(['', '../drafts', 'a b', 'x'.repeat(129)])('rejects the ID %j', async (thread_id) => {
    const { error } = await local.stack.call('user_ada', tool.name, { thread_id });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'thread_id' }] });
    expect(local.stack.scalekit.requests).toEqual([]);
  });
});

testProviderErrors(tool, { thread_id: 't1' }, errorsForIds);
