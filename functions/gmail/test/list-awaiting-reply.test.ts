import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { mailTime } from '../../../local/providers/story-time.ts';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { tool } from '../list-awaiting-reply.ts';
import { providerErrors } from './provider-errors.ts';

const local = useStackAndBed();

const Listed = z.object({ threads: z.array(z.object({ subject: z.string() })) });
const subjectsOf = (json: unknown) => Listed.parse(json).threads.map(({ subject }) => subject);

type Headers = Readonly<Record<string, string>>;
interface Given {
  labels?: string[];
  headers?: Headers;
  mimeType?: string;
}
const LENA: Headers = { From: 'Lena <lena@x.example>', To: 'me@own.example', Subject: 'Bikes' };
const MINE: Headers = { From: 'Me <me@own.example>', To: 'lena@x.example', Subject: 'Bikes' };
const sent = (headers: Headers = {}): Given => ({ labels: ['SENT'], headers: { ...MINE, ...headers } });
const received = (headers: Headers = {}, labels: string[] = []): Given => ({
  labels: ['INBOX', ...labels],
  headers: { ...LENA, ...headers },
});
const ABSENCE = received({ 'Auto-Submitted': 'auto-replied' });

function toMessage({ labels = [], headers = {}, mimeType = 'text/plain' }: Given, index: number) {
  return {
    id: `m${index + 1}`,
    threadId: 't1',
    labelIds: labels,
    snippet: 'Hi',
    internalDate: String(1_794_211_920_000 + index * 60_000),
    payload: { mimeType, headers: Object.entries(headers).map(([name, value]) => ({ name, value })) },
  };
}

/** Lists a mailbox with one thread of these messages. */
async function listThread(waitsFor: 'user' | 'others', given: readonly Given[]) {
  local.bed.provider.script = ({ url = '' }) => {
    if (url.endsWith('/sendAs')) return { body: { sendAs: [{ sendAsEmail: 'me@own.example' }] } };
    return {
      body: url.includes('/threads/') ? { messages: given.map(toMessage) } : { threads: [{ id: 't1' }] },
    };
  };
  const { json } = await local.bed.environment(tool)({ input: { waits_for: waitsFor } });
  return z.object({ threads: z.array(z.looseObject({ message_id: z.string() })) }).parse(json).threads;
}

describe('gmail_list_awaiting_reply', () => {
  test('lists the threads that wait for the user, without newsletters and robots', async () => {
    const { status, json } = await local.stack.call('user_ada', tool.name, { max_results: 50 });

    expect(status).toBe(200);
    const subjects = subjectsOf(json);
    expect(subjects).toEqual(
      expect.arrayContaining([
        'Re: Twelve bikes for our ferry staff',
        'Question from the web site',
        'Re: [suppliers] Storage in December',
        'Parking at the pier',
      ]),
    );
    for (const subject of [
      'Five trends for next spring',
      'New fares for bikes',
      'Delivery Status Notification (Failure)',
      'Automatic reply: Power for our stand',
      'Your statement is ready',
      'We have received your request [#4471]',
      'Remember the tax papers',
      'You have won a bike!',
    ])
      expect(subjects).not.toContain(subject);
    expect(json).toMatchObject({
      threads: expect.arrayContaining([
        {
          thread_id: '19e5a1c0ada00205',
          message_id: '19e5a1c0ada00205',
          subject: 'Price of a wheel truing',
          with: 'Otto Lind <otto@fixedgear.example>',
          waiting_since: mailTime('2026-11-18T13:00:00Z'),
          snippet: 'How much is a wheel truing for a fixed gear? It is urgent.',
          is_addressed: true,
          has_draft: true,
          has_automatic_answer: false,
        },
        expect.objectContaining({ subject: 'Parking at the pier', is_addressed: false }),
      ]),
      next_cursor: null,
    });
  });

  test('lists the threads in which the user wrote last and waits for others', async () => {
    const { json } = await local.stack.call('user_ada', tool.name, { waits_for: 'others' });

    expect(json).toMatchObject({
      threads: [
        {
          message_id: '19e5a1c0ada00201',
          subject: 'Power for our stand',
          has_automatic_answer: true,
        },
        { message_id: '19e5a1c0ada00203', with: 'old@cityferries.example', has_automatic_answer: true },
        { message_id: '19e5a1c0ada00012', subject: 'Saturday opening', has_automatic_answer: false },
      ],
      count: 3,
    });
  });

  test('sends the documented requests', async () => {
    await local.stack.call('user_ada', tool.name, { days: 3, max_results: 4 });

    const paths = local.forwarded().map(({ path }) => path);
    expect(paths.slice(0, 2)).toEqual([
      '/gmail/v1/users/me/settings/sendAs',
      '/gmail/v1/users/me/threads?q=in%3Ainbox+-category%3Apromotions+-category%3Asocial+newer_than%3A3d&maxResults=4',
    ]);
    expect(paths).toHaveLength(6);
    expect(paths[2]).toMatch(
      /^\/gmail\/v1\/users\/me\/threads\/\w+\?format=metadata&metadataHeaders=From&metadataHeaders=Reply-To&/,
    );
  });

  test('says that an answer has been drafted', async () => {
    await local.stack.call('user_ada', 'gmail_draft_reply', {
      message_id: '19e5a1c0ada0000e',
      text: 'Gladly.',
    });

    const { json } = await local.stack.call('user_ada', tool.name, { max_results: 50 });

    expect(json).toMatchObject({
      threads: expect.arrayContaining([
        expect.objectContaining({ message_id: '19e5a1c0ada0000e', has_draft: true }),
        expect.objectContaining({ message_id: '19e5a1c0ada0000c', has_draft: false }),
      ]),
    });
  });

  test.each<[string, Given[], string]>([
    ['a question', [received()], 'm1'],
    ['a question again after an answer', [received(), sent(), received()], 'm3'],
    ['a question before a notification', [received(), ABSENCE], 'm1'],
    ['a question before a begun answer', [received(), { labels: ['DRAFT'], headers: MINE }], 'm1'],
    ['a question whose answer was thrown away', [received(), { ...sent(), labels: ['SENT', 'TRASH'] }], 'm1'],
    ['an explicit “no” in Auto-Submitted', [received({ 'Auto-Submitted': 'No; person' })], 'm1'],
    ['a list on which the user wrote', [sent(), received({ 'List-Id': '<l.x.example>' })], 'm2'],
    [
      'a person behind a robot’s address',
      [received({ From: 'no-reply@x.example', 'Reply-To': 'a@x.example' })],
      'm1',
    ],
    ['a person whose name resembles a robot', [received({ From: 'norbert.replyson@x.example' })], 'm1'],
  ])('the user has to answer %s', async (_, messages, waiting) => {
    expect(await listThread('user', messages)).toMatchObject([{ message_id: waiting }]);
    expect(await listThread('others', messages)).toEqual([]);
  });

  test.each<[string, Given[], string]>([
    ['a question', [sent()], 'm1'],
    ['an answer to them', [received(), sent()], 'm2'],
    ['a question that an absence note answered', [sent(), ABSENCE], 'm1'],
    ['a question whose delivery failed', [sent(), { ...received(), mimeType: 'multipart/report' }], 'm1'],
    ['a question to a person in Cc', [sent({ To: 'me@own.example', Cc: 'lena@x.example' })], 'm1'],
  ])('others have to answer %s', async (_, messages, waiting) => {
    expect(await listThread('others', messages)).toMatchObject([{ message_id: waiting }]);
    expect(await listThread('user', messages)).toEqual([]);
  });

  test.each<[string, Given[]]>([
    ['a note to oneself, also with a plus', [sent({ To: 'me+todo@own.example' })]],
    ['mail to a robot', [sent({ To: 'no-reply@x.example, donotreply@y.example' })]],
    ['a newsletter', [received({ 'List-Unsubscribe': '<https://x.example/out>' })]],
    ['mail of a bulk sender', [received({ 'Feedback-ID': '1:campaign' })]],
    ['mail of a list', [received({ Precedence: 'list' })]],
    ['mail in the tab of promotions', [received({}, ['CATEGORY_PROMOTIONS'])]],
    ['mail in the tab of updates', [received({}, ['CATEGORY_UPDATES'])]],
    ['a notification', [received({ From: 'Shop <order-notifications+81@x.example>' })]],
    ['mail without a sender', [received({ 'Return-Path': ' <> ' })]],
    ['mail whose sender is unknown', [received({ From: '' })]],
    ['spam', [received({}, ['SPAM'])]],
    ['only a draft', [{ labels: ['DRAFT'], headers: MINE }]],
    ['a thread without messages', []],
  ])('nobody has to answer %s', async (_, messages) => {
    expect(await listThread('user', messages)).toEqual([]);
    expect(await listThread('others', messages)).toEqual([]);
  });

  test('reads every page', async () => {
    const whole = await local.stack.call('user_ada', tool.name, { max_results: 50 });

    const pages = await everyPage((input) => local.stack.call('user_ada', tool.name, input), 'threads', {
      max_results: 7,
    });

    expect(subjectsOf({ threads: pages.flat() })).toEqual(subjectsOf(whole.json));
    expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(7);
  });

  test('goes on if the threads of a page wait for nobody, up to a limit', async () => {
    local.bed.provider.script = ({ url = '' }) => {
      if (url.endsWith('/sendAs')) return { body: {} };
      if (!url.includes('/threads/')) return { body: { threads: [{ id: 't1' }], nextPageToken: 'more' } };
      return { body: { messages: [toMessage(ABSENCE, 0)] } };
    };

    const { json } = await local.bed.environment(tool)({ input: { max_results: 1 } });

    expect(json).toMatchObject({ threads: [], next_cursor: expect.any(String) });
    expect(local.bed.provider.requests.filter(({ url = '' }) => url.includes('q='))).toHaveLength(4);
  });

  test('leaves out a thread that was deleted meanwhile', async () => {
    local.bed.provider.script = ({ url = '' }) => {
      if (url.endsWith('/sendAs')) return { body: {} };
      if (url.includes('/threads/gone')) return { status: 404 };
      if (url.includes('/threads/')) return { body: { messages: [toMessage(received(), 0)] } };
      return { body: { threads: [{ id: 'gone' }, { id: 't1' }] } };
    };

    expect((await local.bed.environment(tool)()).json).toMatchObject({
      threads: [{ thread_id: 't1' }],
      count: 1,
    });
  });

  test('an odd message does not affect the others', async () => {
    local.bed.provider.script = ({ url = '' }) => {
      if (url.endsWith('/sendAs')) return { body: { sendAs: [] } };
      if (!url.includes('/threads/')) return { body: { threads: [{ id: 't1' }] } };
      return {
        body: {
          messages: [{ id: 7 }, { id: 'm1', payload: { headers: [{ name: 'From', value: 'a@x.example' }] } }],
        },
      };
    };

    expect((await local.bed.environment(tool)()).json).toMatchObject({
      threads: [{ message_id: 'm1', with: 'a@x.example', subject: null, waiting_since: null }],
    });
  });

  test('an empty mailbox is an empty list', async () => {
    local.bed.provider.script = () => ({ body: { resultSizeEstimate: 0 } });

    expect((await local.bed.environment(tool)()).json).toEqual({
      threads: [],
      count: 0,
      next_cursor: null,
      omitted: 0,
    });
  });

  test.each([
    [{ waits_for: 'me' }, 'waits_for'],
    [{ days: 0 }, 'days'],
    [{ days: 366 }, 'days'],
    [{ max_results: 51 }, 'max_results'],
  ])('rejects %j', async (input, path) => {
    const { error } = await local.stack.call('user_ada', tool.name, input);

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path }] });
    expect(local.stack.scalekit.requests).toEqual([]);
  });
});

testProviderErrors(tool, {}, providerErrors);
