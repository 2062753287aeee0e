import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { tool } from '../draft-forward.ts';
import type { GmailPart } from '../local/mime-parts.ts';
import { file, html, mail, multi, part, plain } from './mail-parts.ts';
import { errorsForIds } from './provider-errors.ts';

const local = useStackAndBed();

const Sent = z.object({ message: z.object({ threadId: z.string(), raw: z.string() }) });
const HEADERS = {
  From: 'Lena <lena@x.example>',
  To: 'me@own.example, "B, C" <b@x.example>',
  Date: 'Thu, 19 Nov 2026 16:20:00 +0000',
  Subject: 'Bikes',
  'Message-ID': '<1@x.example>',
  References: '<0@x.example>',
};
const OWN = [
  { sendAsEmail: 'me@own.example', displayName: 'Me', isPrimary: true, isDefault: true },
  { sendAsEmail: 'shop@own.example', displayName: 'Shop', verificationStatus: 'accepted' },
];
const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff]);
const textOf = (content: string | Uint8Array | ArrayBuffer) =>
  typeof content === 'string' ? content : Buffer.from(new Uint8Array(content)).toString();

/** Forwards a mail. Returns the result, and the draft as a mail program parses it. */
async function forward(
  payload: GmailPart,
  {
    headers = {},
    files = {},
    input = {},
  }: { headers?: object; files?: Record<string, string>; input?: object } = {},
) {
  local.bed.provider.script = ({ method, url = '' }) => {
    if (method === 'POST') return { body: { id: 'r1', message: { id: 'm2', threadId: 't1' } } };
    if (url.endsWith('/sendAs')) return { body: { sendAs: OWN } };
    const attachment = url.split('/attachments/')[1];
    if (attachment === undefined) return { body: mail(payload, { ...HEADERS, ...headers }) };
    const content = files[attachment];
    return content === undefined
      ? { status: 404 }
      : { body: { size: content.length, data: Buffer.from(content).toString('base64url') } };
  };
  const { json, error } = await local.bed.environment(tool)({
    input: { message_id: 'm1', to: ['a@y.example'], ...input },
  });
  const posted = local.bed.provider.requests.find(({ method }) => method === 'POST');
  if (!posted) return { json, error };
  const { message } = Sent.parse(JSON.parse(posted.body ?? ''));
  const raw = Buffer.from(message.raw, 'base64url');
  const draft = await PostalMime.parse(raw, { forceRfc822Attachments: true });
  return { json, error, draft, raw: raw.toString(), threadId: message.threadId };
}

describe('gmail_draft_forward', () => {
  test('saves a draft with the attachments, and sends nothing', async () => {
    const { status, json } = await local.stack.call('user_ada', tool.name, {
      message_id: '19e5a1c0ada00006',
      to: ['Grace Lindqvist <grace@harborbikes.example>', 'GRACE@harborbikes.example'],
      comment: 'Grace, do these sizes fit? 🚲',
    });

    expect(status).toBe(200);
    expect(json).toEqual({
      draft_id: expect.any(String),
      thread_id: '19e5a1c0ada00006',
      to: ['GRACE@harborbikes.example'],
      subject: 'Fwd: Twelve bikes for our ferry staff',
      attachments: ['staff-sizes.csv'],
      url: 'https://mail.google.com/mail/#all/19e5a1c0ada00006',
    });
    const posts = local.forwarded().filter(({ method }) => method === 'POST');
    expect(posts.map(({ path }) => path)).toEqual(['/gmail/v1/users/me/drafts']);
    const { json: thread } = await local.stack.call('user_ada', 'gmail_read_thread', {
      thread_id: '19e5a1c0ada00006',
      max_results: 1,
    });
    expect(thread).toMatchObject({
      messages: [
        {
          is_draft: true,
          text: expect.stringMatching(
            /^Grace, do these sizes fit\? 🚲\n\n-{10} Forwarded message -{9}\nFrom: Lena Fuchs <lena@cityferries\.example>\n[\s\S]*Subject: Twelve bikes for our ferry staff\n[\s\S]*Hello, we would like to lease/,
          ),
          attachments: [
            expect.objectContaining({ name: 'staff-sizes.csv', type: 'text/csv', size_bytes: 25 }),
          ],
        },
      ],
    });
  });

  test('writes the headers of the forwarded mail, and adds the draft to the thread of that mail', async () => {
    const { draft, threadId } = await forward(plain('Hello'), { input: { comment: 'Look:' } });

    expect(threadId).toBe('t1');
    expect(draft).toMatchObject({
      from: { name: 'Me', address: 'me@own.example' },
      to: [{ address: 'a@y.example' }],
      subject: 'Fwd: Bikes',
      inReplyTo: '<1@x.example>',
      references: '<0@x.example> <1@x.example>',
      text: `Look:\n\n---------- Forwarded message ---------\nFrom: ${HEADERS.From}\nDate: ${HEADERS.Date}\nSubject: Bikes\nTo: ${HEADERS.To}\n\nHello\n`,
      attachments: [],
    });
    expect(draft?.html).toBeUndefined();
    expect(draft?.cc ?? []).toEqual([]);
  });

  test('keeps the type and the bytes of each file, even if Gmail returns the file only by ID', async () => {
    const { json, draft } = await forward(
      multi(
        'mixed',
        plain('See below.'),
        file('application/pdf', 'Größen & "more".pdf', 'A1', 4),
        part(
          'text/csv',
          Buffer.from('Größe', 'latin1'),
          { 'Content-Type': 'text/csv; charset=iso-8859-1; name="x.csv"' },
          'sizes.csv',
        ),
        { ...file('message/rfc822', 'offer.eml', 'A2', 30), parts: [plain('inner')] },
        part('application/octet-stream', '', {}, 'empty.bin'),
      ),
      { files: { A1: '%PDF', A2: 'Subject: Offer\r\n\r\ninner text\r\n' } },
    );

    expect(json).toMatchObject({
      attachments: ['Größen & "more".pdf', 'sizes.csv', 'offer.eml', 'empty.bin'],
    });
    const files = draft?.attachments.map(({ filename, mimeType, disposition, content }) => ({
      filename,
      mimeType,
      disposition,
      content: textOf(content).trimEnd(),
    }));
    expect(files).toEqual([
      {
        filename: 'Größen & "more".pdf',
        mimeType: 'application/pdf',
        disposition: 'attachment',
        content: '%PDF',
      },
      {
        filename: 'sizes.csv',
        mimeType: 'text/csv',
        disposition: 'attachment',
        content: Buffer.from('Größe', 'latin1').toString(),
      },
      {
        filename: 'offer.eml',
        mimeType: 'message/rfc822',
        disposition: 'attachment',
        content: expect.stringContaining('inner text'),
      },
      { filename: 'empty.bin', mimeType: 'application/octet-stream', disposition: 'attachment', content: '' },
    ]);
  });

  test('keeps the plain text, the HTML, and the pictures of the HTML', async () => {
    const { draft, json } = await forward(
      multi(
        'mixed',
        multi(
          'related',
          multi(
            'alternative',
            plain('Plain <words>'),
            html('<!DOCTYPE html><p>Rich <img src="cid:logo@x"></p>'),
          ),
          part('image/png', PICTURE, { 'Content-ID': '<logo@x>' }, 'logo.png'),
          part('image/png', PICTURE, { 'Content-ID': '<unused@x>' }, 'photo.png'),
        ),
        part('text/calendar', 'BEGIN:VCALENDAR', { 'Content-Type': 'text/calendar; method=REQUEST' }),
      ),
      { input: { comment: 'a < b & c' } },
    );

    expect(draft?.text).toContain('a < b & c');
    expect(draft?.text).toContain('Plain <words>');
    expect(draft?.html).toContain('a &lt; b &amp; c');
    expect(draft?.html).toContain('From: Lena &lt;lena@x.example&gt;');
    expect(draft?.html).toContain('<p>Rich <img src="cid:logo@x"></p>');
    expect(draft?.html).not.toMatch(/doctype/i);
    expect(draft?.attachments).toMatchObject([
      { filename: 'logo.png', disposition: 'inline', contentId: '<logo@x>', related: true },
      { filename: 'photo.png', disposition: 'attachment' },
      { mimeType: 'text/calendar', disposition: 'attachment', method: 'REQUEST' },
    ]);
    const [logo] = draft?.attachments ?? [];
    expect(Buffer.from(new Uint8Array(z.instanceof(ArrayBuffer).parse(logo?.content)))).toEqual(PICTURE);
    expect(json).toMatchObject({ attachments: ['logo.png', 'photo.png', 'text/calendar; method=REQUEST'] });
  });

  test.each([
    ['a mail that has only HTML', html('<p>Rich</p>'), /<p>Rich<\/p>/],
    [
      'a mail with plain text above HTML',
      multi('mixed', plain('one'), html('<p>two</p>')),
      /one[\s\S]*<p>two<\/p>/,
    ],
  ])('writes only HTML for %s', async (_, payload, expected) => {
    const { raw, draft } = await forward(payload);

    expect(draft?.html).toMatch(expected);
    expect(raw).not.toContain('text/plain');
  });

  test('forwards all of a long text that Gmail returns only by ID', async () => {
    const long = `${'word '.repeat(100_000)}end`;
    const { draft } = await forward(
      { ...plain(''), body: { size: long.length, attachmentId: 'A1' } },
      { files: { A1: long } },
    );

    expect(draft?.text).toContain('word end');
  });

  test('forwards an entire file just below the size limit', async () => {
    const content = 'x'.repeat(3_490_000);
    const { draft } = await forward(
      multi('mixed', plain('Hello'), file('video/mp4', 'a.mp4', 'A1', content.length)),
      { files: { A1: content } },
    );

    expect(draft?.attachments.map((one) => textOf(one.content).length)).toEqual([content.length]);
  });

  test.each([
    ['Fwd: Bikes', 'Fwd: Bikes'],
    ['WG: Bikes', 'WG: Bikes'],
    ['Re: Bikes', 'Fwd: Re: Bikes'],
    ['', 'Fwd:'],
  ])('if the subject is %j, writes the subject %j', async (Subject, expected) => {
    const { draft } = await forward(plain('Hello'), { headers: { Subject } });

    expect(draft?.subject?.trim()).toBe(expected);
  });

  test('sets the address that received the message as the sender', async () => {
    const { draft } = await forward(plain('Hello'), { headers: { To: 'shop@own.example' } });

    expect(draft?.from).toMatchObject({ address: 'shop@own.example' });
  });

  test('does not copy additional headers from a hostile message', async () => {
    const evil = 'x\r\nBcc: spy@y.example\r\n\r\n';
    const { draft } = await forward(
      multi(
        'mixed',
        plain('Hello'),
        part('text/csv', 'a', { 'Content-Type': `text/csv${evil}`, 'Content-ID': evil }, evil),
      ),
      { headers: { Subject: evil, From: evil, 'Message-ID': evil, References: evil } },
    );

    expect(draft?.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(draft?.to).toMatchObject([{ address: 'a@y.example' }]);
    expect(draft?.attachments).toHaveLength(1);
  });

  test.each<[string, GmailPart, RegExp]>([
    [
      'files over the limit',
      multi('mixed', plain('x'), file('video/mp4', 'a.mp4', 'A1', 3_500_001)),
      /too large/,
    ],
    ['a text that is too long', { ...plain(''), body: { size: 750_001, attachmentId: 'A1' } }, /too large/],
    [
      'an attached mail that Gmail returns only in pieces',
      multi('report', plain('x'), { ...part('message/rfc822', ''), body: { size: 0 }, parts: [plain('y')] }),
      /in pieces/,
    ],
    ['too many parts', multi('mixed', ...Array.from({ length: 201 }, () => plain('x'))), /too many parts/],
  ])('rejects a mail with %s, and saves nothing', async (_, payload, message) => {
    const { error } = await forward(payload);

    expect(error).toMatchObject({ code: 'rejected_by_provider', message: expect.stringMatching(message) });
    const sent = local.bed.provider.requests.map(({ method, url }) => `${method} ${url}`);
    expect(sent.filter((one) => one.startsWith('POST') || one.includes('/attachments/'))).toEqual([]);
  });

  test('rejects a mail that is too large for one response, and saves nothing', async () => {
    const { error } = await forward(part('text/plain', Buffer.alloc(4_500_000, 'a')));

    expect(error).toMatchObject({
      code: 'rejected_by_provider',
      message: expect.stringMatching(/too large/),
    });
    expect(local.bed.provider.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('saves nothing if a file cannot be loaded', async () => {
    const { error } = await forward(multi('mixed', plain('x'), file('application/pdf', 'a.pdf', 'gone')));

    expect(error?.code).toBe('not_found');
    expect(local.bed.provider.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('returns rejected_by_provider for a draft that is too large for Gmail', async () => {
    local.bed.provider.script = ({ method, url = '' }) => {
      if (method === 'POST') return { status: 413, body: '' };
      return { body: url.endsWith('/sendAs') ? { sendAs: OWN } : mail(plain('x'), HEADERS) };
    };

    const { error } = await local.bed.environment(tool)({ input: { message_id: 'm1', to: ['a@y.example'] } });

    expect(error?.code).toBe('rejected_by_provider');
  });

  test('returns permission_denied without the scope to write drafts', async () => {
    local.stack.scalekit.setAccount('gmail', 'user_grace', {
      status: 'ACTIVE',
      accessToken: 'ya29.local-grace',
    });

    const input = { message_id: '19e5a1c0face0002', to: ['a@y.example'] };
    const { error } = await local.stack.call('user_grace', tool.name, input);

    expect(error).toMatchObject({
      code: 'permission_denied',
      details: expect.arrayContaining([
        { path: '', issue: 'needs the scope https://www.googleapis.com/auth/gmail.compose' },
      ]),
    });
  });

  test.each([
    [{ to: ['a@y.example'] }, 'message_id'],
    [{ message_id: 'm1' }, 'to'],
    [{ message_id: 'm1', to: [] }, 'to'],
    [{ message_id: 'm1', to: ['Lena'] }, 'to.0'],
    [{ message_id: 'm1', to: ['a@y.example, b@y.example'] }, 'to.0'],
    [{ message_id: 'm1', to: ['a@y.example'], comment: ' \n' }, 'comment'],
  ])('rejects the input %j', async (input, path) => {
    const { error } = await local.stack.call('user_ada', tool.name, input);

    expect(error).toMatchObject({
      code: 'invalid_input',
      details: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(local.stack.scalekit.requests).toEqual([]);
  });
});

testProviderErrors(tool, { message_id: 'm1', to: ['a@y.example'] }, errorsForIds);
