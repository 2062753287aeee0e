import { describe, expect, test } from 'vitest';
import { everyPage } from '../../../test/support/every-page.ts';
import { testRefusals } from '../../../test/support/test-refusals.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { tool } from '../read-thread.ts';
import { refusalsOfIds } from './refusals.ts';

const local = useStackAndBed();

const data = (text: string) => ({
  body: { size: text.length, data: Buffer.from(text).toString('base64url') },
});
const plain = (text: string) => ({ mimeType: 'text/plain', ...data(text) });
const html = (text: string) => ({ mimeType: 'text/html', ...data(text) });
const file = (filename: string, size: number) => ({
  filename,
  mimeType: 'application/pdf',
  body: { attachmentId: 'a1', size },
});

/** What the tool makes of one message of this form. */
async function readMessage(message: object) {
  local.bed.provider.script = () => ({
    body: { id: 't1', messages: [{ id: 'm1', threadId: 't1', ...message }] },
  });
  const { json } = await local.bed.environment(tool)({ input: { thread_id: 't1' } });
  return json;
}
const message = (expected: object) =>
  expect.objectContaining({ messages: [expect.objectContaining(expected)] });

describe('gmail_read_thread', () => {
  test('reads a thread, oldest first, without what its messages quote and sign with', async () => {
    const { status, json } = await local.stack.call('user_ada', tool.name, { thread_id: '19e5a1c0ada00001' });

    expect(status).toBe(200);
    const from = 'Marta Silva <marta@tidewheel.example>';
    const common = { from, to: 'Ada Okafor <ada@harborbikes.example>', is_draft: false, attachments: [] };
    expect(json).toEqual({
      messages: [
        {
          id: '19e5a1c0ada00001',
          sent_at: '2026-11-09T08:12:00Z',
          text: 'Hello Ada, here is our quote for 40 wheelsets: 112 EUR each, delivery in three weeks. It is valid until 30 November. Marta',
          ...common,
        },
        expect.objectContaining({ id: '19e5a1c0ada00002', sent_at: '2026-11-12T14:40:00Z' }),
        {
          id: '19e5a1c0ada00003',
          sent_at: '2026-11-19T09:05:00Z',
          text: 'Hello Ada, did you have time to look at this? The quote ends on the 30th.\nMarta',
          ...common,
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

  test('names the files that came with it', async () => {
    const { json } = await local.stack.call('user_ada', tool.name, { thread_id: '19e5a1c0ada00006' });

    expect(json).toMatchObject({
      messages: [{ attachments: [{ name: 'staff-sizes.csv', size_bytes: 25 }] }, { attachments: [] }],
    });
  });

  test('pages through a long thread', async () => {
    const pages = await everyPage((input) => local.stack.call('user_ada', tool.name, input), 'messages', {
      thread_id: '19e5a1c0ada00001',
      max_results: 2,
    });

    expect(pages.map(({ length }) => length)).toEqual([2, 1]);
  });

  test("another user's thread is not there", async () => {
    local.stack.scalekit.setAccount('gmail', 'user_grace', {
      status: 'ACTIVE',
      accessToken: 'ya29.local-grace',
    });

    const { error } = await local.stack.call('user_grace', tool.name, { thread_id: '19e5a1c0ada00001' });

    expect(error?.code).toBe('not_found');
  });

  test('of a message without anything there is nothing but its ID', async () => {
    expect(await readMessage({})).toEqual({
      messages: [
        { id: 'm1', from: null, to: null, sent_at: null, is_draft: false, text: '', attachments: [] },
      ],
      subject: null,
      url: 'https://mail.google.com/mail/#all/t1',
      count: 1,
      next_cursor: null,
      omitted: 0,
    });
  });

  test('a thread of which nothing is left is an empty list', async () => {
    local.bed.provider.script = () => ({ body: { id: 't1', historyId: '1' } });

    expect((await local.bed.environment(tool)({ input: { thread_id: 't1' } })).json).toMatchObject({
      count: 0,
    });
  });

  test.each<[string, Record<string, unknown> & { snippet?: string }, unknown]>([
    ['the text where there is HTML as well', { parts: [plain('as text'), html('<p>as HTML')] }, 'as text'],
    [
      'HTML as a person sees it',
      { parts: [html('<style>p{}</style><p>One &amp; two</p><ul><li>three</li></ul><script>x()</script>')] },
      'One & two\n\nthree',
    ],
    [
      'no quote in HTML',
      html('<div>New</div><div class="gmail_quote">On Monday: <blockquote>Old</blockquote></div>'),
      'New',
    ],
    [
      'what is handed on',
      html(
        '<div>See below</div><div class="gmail_quote">---------- Forwarded message ---------<p>Old</p></div>',
      ),
      'See below\n---------- Forwarded message ---------\n\nOld',
    ],
    ['a quote that is all there is', html('<blockquote type="cite">Old</blockquote>'), 'Old'],
    ['the snippet where the text is a file of its own', { snippet: 'It&#39;s on', parts: [] }, "It's on"],
    [
      'texts that are not in the form of the standard',
      { mimeType: 'text/plain', body: { data: 'not*base64', size: 1 } },
      expect.any(String),
    ],
  ])('reads %s', async (_, { snippet, ...payload }, text) => {
    expect(await readMessage({ payload, ...(snippet && { snippet }) })).toEqual(message({ text }));
  });

  test('an attached mail is a file, and not read', async () => {
    const attached = {
      filename: 'old.eml',
      mimeType: 'message/rfc822',
      parts: [plain('inside')],
      body: { size: 9 },
    };

    expect(await readMessage({ payload: { parts: [plain('See it.'), attached] } })).toEqual(
      message({ text: 'See it.', attachments: [{ name: 'old.eml', size_bytes: 9 }] }),
    );
  });

  test('says of a draft that it is one', async () => {
    expect(await readMessage({ labelIds: ['DRAFT'] })).toEqual(message({ is_draft: true }));
  });

  test('a mail made to be endless is read up to a limit', async () => {
    const nested = (depth: number): object =>
      depth === 0 ? plain('deep') : { mimeType: 'multipart/mixed', parts: [nested(depth - 1)] };
    const many = Array.from({ length: 2_000 }, (_, index) => file(`f${index}.pdf`, 1));
    const payload = { parts: [plain('Hello'), nested(40), html('<div>'.repeat(100_000)), ...many] };

    const json = await readMessage({ payload });

    expect(json).toMatchObject({
      messages: [{ text: expect.stringMatching(/^Hello/), attachments: { length: 20 } }],
    });
  });

  test.each(['', '../drafts', 'a b', 'x'.repeat(129)])('the ID %j is refused', async (thread_id) => {
    const { error } = await local.stack.call('user_ada', tool.name, { thread_id });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'thread_id' }] });
    expect(local.stack.scalekit.requests).toEqual([]);
  });
});

testRefusals(tool, { thread_id: 't1' }, refusalsOfIds);
