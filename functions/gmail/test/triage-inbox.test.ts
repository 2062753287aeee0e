import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { mailTime } from '../../../local/providers/story-time.ts';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { tool } from '../triage-inbox.ts';
import { providerErrors } from './provider-errors.ts';

const local = useStackAndBed();

const Listed = z.object({ messages: z.array(z.object({ id: z.string() })) });
const proxied = () => local.forwarded();

describe('gmail_triage_inbox', () => {
  test('lists unread messages, newest first, with one request for each', async () => {
    const { status, json } = await local.stack.call('user_ada', tool.name, { max_results: 4 });

    expect(status).toBe(200);
    expect(json).toEqual({
      messages: [
        expect.objectContaining({ subject: 'Workshop rota for next month', is_important: false }),
        expect.objectContaining({ subject: 'Invoice NP-2211' }),
        expect.objectContaining({ id: '19e5a1c0ada00007', thread_id: '19e5a1c0ada00006' }),
        {
          id: '19e5a1c0ada00006',
          thread_id: '19e5a1c0ada00006',
          from: 'Lena Fuchs <lena@cityferries.example>',
          subject: 'Twelve bikes for our ferry staff',
          received_at: mailTime('2026-11-19T16:20:00Z'),
          snippet: expect.stringMatching(/^Hello, we would like to lease twelve bikes/),
          is_important: true,
        },
      ],
      count: 4,
      next_cursor: expect.any(String),
      omitted: 0,
    });
    const [list, ...gets] = proxied().map(({ path }) => path);
    expect(list).toBe('/gmail/v1/users/me/messages?q=in%3Ainbox+is%3Aunread&maxResults=4');
    expect(gets).toHaveLength(4);
    expect(new Set(gets)).toContain(
      '/gmail/v1/users/me/messages/19e5a1c0ada00006?format=metadata&metadataHeaders=From&metadataHeaders=Subject',
    );
  });

  test('returns the other messages if one message has an invalid date', async () => {
    local.bed.provider.script = ({ url = '' }) => {
      if (!url.includes('/messages/')) return { body: { messages: [{ id: 'm0' }, { id: 'm1' }] } };
      const internalDate = url.includes('/m0') ? '-11499580000000' : '1794211920000';
      return { body: { id: url.includes('/m0') ? 'm0' : 'm1', threadId: 't1', internalDate } };
    };

    expect((await local.bed.environment(tool)()).json).toMatchObject({
      messages: [
        { id: 'm0', received_at: null },
        { id: 'm1', received_at: '2026-11-09T08:12:00Z' },
      ],
    });
  });

  test('returns every message once over all pages', async () => {
    const pages = await everyPage((input) => local.stack.call('user_ada', tool.name, input), 'messages', {
      max_results: 6,
    });

    const atProvider = Listed.parse(
      await local.stack.provider('gmail', 'user_ada', '/gmail/v1/users/me/messages?q=in:inbox%20is:unread'),
    ).messages.map(({ id }) => id);
    expect(pages.flat().map((message) => Listed.shape.messages.element.parse(message).id)).toEqual(
      atProvider,
    );
    expect(pages.map(({ length }) => length)).toEqual([6, 6, 2]);
  });

  test('sends at most five concurrent requests', async () => {
    const messages = Array.from({ length: 12 }, (_, index) => ({ id: `m${index}`, threadId: 't' }));
    let [open, most] = [0, 0];
    local.bed.provider.script = ({ url = '' }) => {
      if (!url.includes('/messages/')) return { body: { messages } };
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => (open -= 1), 5);
      return { body: { id: url.split(/[/?]/)[6], threadId: 't' } };
    };

    const { json } = await local.bed.environment(tool)({ input: { max_results: 12 } });

    expect(json).toMatchObject({ count: 12, messages: messages.map(({ id }) => ({ id })) });
    expect(most).toBeLessThanOrEqual(5);
  });

  test('leaves out a message that was deleted after it was listed', async () => {
    local.bed.provider.script = ({ url = '' }) => {
      if (url.includes('/messages/gone')) return { status: 404 };
      if (url.includes('/messages/here')) return { body: { id: 'here', threadId: 't' } };
      return { body: { messages: [{ id: 'gone' }, { id: 'here' }] } };
    };

    const { json } = await local.bed.environment(tool)();

    expect(json).toMatchObject({ count: 1, messages: [{ id: 'here' }] });
  });

  test.each([
    ['an inbox without unread mail', {}, []],
    [
      'a message without headers',
      { messages: [{ id: 'm1', threadId: 't1' }] },
      [
        {
          id: 'm1',
          thread_id: 't1',
          from: null,
          subject: null,
          received_at: null,
          snippet: '',
          is_important: false,
        },
      ],
    ],
  ])('returns the expected list for %s', async (_, list, messages) => {
    local.bed.provider.script = ({ url = '' }) => ({
      body: url.includes('/messages/') ? { id: 'm1', threadId: 't1' } : list,
    });

    const { json } = await local.bed.environment(tool)();

    expect(json).toEqual({ messages, count: messages.length, next_cursor: null, omitted: 0 });
  });

  test('returns the snippet as plain text', async () => {
    local.bed.provider.script = ({ url = '' }) => ({
      body: url.includes('/messages/')
        ? { id: 'm1', threadId: 't1', snippet: 'It&#39;s &lt;b&gt;new&lt;/b&gt; &amp; good' }
        : { messages: [{ id: 'm1', threadId: 't1' }] },
    });

    expect((await local.bed.environment(tool)()).json).toMatchObject({
      messages: [{ snippet: "It's <b>new</b> & good" }],
    });
  });

  test('rejects max_results over 25', async () => {
    const { error } = await local.stack.call('user_ada', tool.name, { max_results: 26 });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'max_results' }] });
    expect(local.stack.scalekit.requests).toEqual([]);
  });
});

testProviderErrors(tool, {}, providerErrors);
