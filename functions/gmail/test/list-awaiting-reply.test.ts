import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { mailTime } from '../../../local/providers/story-time.ts';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { tool as draftForward } from '../draft-forward.ts';
import { tool as draftReply } from '../draft-reply.ts';
import { tool } from '../list-awaiting-reply.ts';
import { tool as readThread } from '../read-thread.ts';
import { providerErrors } from './provider-errors.ts';

const local = useStackAndBed();

const Listed = z.object({ threads: z.array(z.object({ subject: z.string() })) });
const subjectsOf = (json: unknown) => Listed.parse(json).threads.map(({ subject }) => subject);

type Headers = Readonly<Record<string, string>>;
interface Given {
  labels?: string[];
  headers?: Headers;
  mimeType?: string;
  snippet?: string;
}
const LENA: Headers = { From: 'Lena <lena@x.example>', To: 'me@own.example', Subject: 'Bikes' };
const MINE: Headers = { From: 'Me <me@own.example>', To: 'lena@x.example', Subject: 'Bikes' };
const sent = (headers: Headers = {}): Given => ({ labels: ['SENT'], headers: { ...MINE, ...headers } });
const received = (headers: Headers = {}, labels: string[] = []): Given => ({
  labels: ['INBOX', ...labels],
  headers: { ...LENA, ...headers },
});
const draft = (headers: Headers): Given => ({ labels: ['DRAFT'], headers: { ...MINE, ...headers } });
const noticed = (headers: Headers, snippet = 'Your order 88317 has left our warehouse today.'): Given => ({
  ...received(headers),
  snippet,
});
const ABSENCE = received({ 'Auto-Submitted': 'auto-replied' });

function toMessage(
  { labels = [], headers = {}, mimeType = 'text/plain', snippet = 'Hi' }: Given,
  index: number,
) {
  return {
    id: `m${index + 1}`,
    threadId: 't1',
    labelIds: labels,
    snippet,
    internalDate: String(1_794_211_920_000 + index * 60_000),
    payload: { mimeType, headers: Object.entries(headers).map(([name, value]) => ({ name, value })) },
  };
}

/** Calls the tool for a mailbox with one thread that has these messages. */
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
  test('lists threads that wait for the user, without newsletters and mail from programs', async () => {
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
      'Order 88317 has left our warehouse',
      'Invoice NP-2211',
      'Permit for the parking racks',
      '[rowers] Regatta',
      'Your parcel is on its way',
      'Receipt 2214',
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
          has_delivery_report: false,
        },
        expect.objectContaining({ subject: 'Parking at the pier', is_addressed: false }),
      ]),
      next_cursor: null,
    });
  });

  test('lists threads in which the user wrote last and waits for an answer', async () => {
    const { json } = await local.stack.call('user_ada', tool.name, { waits_for: 'others' });

    expect(json).toMatchObject({
      threads: [
        {
          message_id: '19e5a1c0ada00201',
          subject: 'Power for our stand',
          has_automatic_answer: true,
          has_delivery_report: false,
        },
        {
          message_id: '19e5a1c0ada00203',
          with: 'old@cityferries.example',
          has_automatic_answer: false,
          has_delivery_report: true,
        },
        {
          message_id: '19e5a1c0ada00012',
          subject: 'Saturday opening',
          has_automatic_answer: false,
          has_delivery_report: false,
        },
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

  test('returns has_draft: true after an answer was drafted', async () => {
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
    ['a second question after an answer', [received(), sent(), received()], 'm3'],
    ['a question followed by an absence note', [received(), ABSENCE], 'm1'],
    ['a question followed by a draft', [received(), { labels: ['DRAFT'], headers: MINE }], 'm1'],
    ['a question whose answer was deleted', [received(), { ...sent(), labels: ['SENT', 'TRASH'] }], 'm1'],
    ['an explicit “no” in Auto-Submitted', [received({ 'Auto-Submitted': 'No; person' })], 'm1'],
    [
      'a message of a mailing list to which the user wrote',
      [sent(), received({ 'List-Id': '<l.x.example>' })],
      'm2',
    ],
    [
      'a person behind a robot’s address',
      [received({ From: 'no-reply@x.example', 'Reply-To': 'a@x.example' })],
      'm1',
    ],
    ['a person whose name resembles a robot', [received({ From: 'norbert.replyson@x.example' })], 'm1'],
  ])('lists as waiting for the user: %s', async (_, messages, waiting) => {
    expect(await listThread('user', messages)).toMatchObject([{ message_id: waiting }]);
    expect(await listThread('others', messages)).toEqual([]);
  });

  test.each<[string, Given[], string]>([
    ['a question', [sent()], 'm1'],
    ['an answer of the user', [received(), sent()], 'm2'],
    ['a question that an absence note answered', [sent(), ABSENCE], 'm1'],
    ['a question whose delivery failed', [sent(), { ...received(), mimeType: 'multipart/report' }], 'm1'],
    ['a question to a person in Cc', [sent({ To: 'me@own.example', Cc: 'lena@x.example' })], 'm1'],
  ])('lists as waiting for others: %s', async (_, messages, waiting) => {
    expect(await listThread('others', messages)).toMatchObject([{ message_id: waiting }]);
    expect(await listThread('user', messages)).toEqual([]);
  });

  test.each<[string, Given[]]>([
    ['a note of the user to a plus address of the user', [sent({ To: 'me+todo@own.example' })]],
    ['mail to a robot', [sent({ To: 'no-reply@x.example, donotreply@y.example' })]],
    ['a newsletter', [received({ 'List-Unsubscribe': '<https://x.example/out>' })]],
    ['mail of a bulk sender', [received({ 'Feedback-ID': '1:campaign' })]],
    ['mail of a mailing list', [received({ Precedence: 'list' })]],
    ['mail in the tab of promotions', [received({}, ['CATEGORY_PROMOTIONS'])]],
    ['mail in the tab of updates', [received({}, ['CATEGORY_UPDATES'])]],
    ['a notification', [received({ From: 'Shop <order-notifications+81@x.example>' })]],
    ['mail without a sender', [received({ 'Return-Path': ' <> ' })]],
    ['mail whose sender is unknown', [received({ From: '' })]],
    ['spam', [received({}, ['SPAM'])]],
    ['a thread with only a draft', [{ labels: ['DRAFT'], headers: MINE }]],
    ['a thread without messages', []],
  ])('does not list %s', async (_, messages) => {
    expect(await listThread('user', messages)).toEqual([]);
    expect(await listThread('others', messages)).toEqual([]);
  });

  // In each message, a header, an address or a subject shows that a program sent it.
  test.each<[string, Given]>([
    // https://docs.aws.amazon.com/ses/latest/dg/header-fields.html
    ['Amazon SES', noticed({ From: 'Shop <hello@x.example>', 'X-SES-Outgoing': '2026.11.09-54.240.1.1' })],
    // https://www.twilio.com/docs/sendgrid/glossary/x-sg-eid
    ['SendGrid', noticed({ From: 'Shop <hello@x.example>', 'X-SG-EID': 'u001.abc' })],
    // https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp
    ['Mailgun', noticed({ From: 'Shop <hello@x.example>', 'X-Mailgun-Sid': 'WyI=' })],
    // https://postmarkapp.com/support/article/1197-x-pm-headers
    ['Postmark', noticed({ From: 'Shop <hello@x.example>', 'X-PM-Message-Id': '7' })],
    // https://certified-senders.org/
    [
      'a certified sender',
      noticed({ From: 'Shop <hello@x.example>', 'X-CSA-Complaints': 'csa@eco.example' }),
    ],
    // https://en.wikipedia.org/wiki/Variable_envelope_return_path
    [
      'a return path that contains the recipient',
      noticed({ From: 'Shop <hello@x.example>', 'Return-Path': '<bounces+1-me=own.example@em.x.example>' }),
    ],
    // https://www.rfc-editor.org/rfc/rfc2369
    ['a mailing list with the header List-Post', noticed({ 'List-Post': '<mailto:l@x.example>' })],
    // https://support.google.com/a/answer/9206653
    ['a Google group', noticed({ 'X-Google-Group-Id': '123' })],
    ['a mailing list of the Linux kernel', noticed({ 'X-Mailing-List': 'linux-kernel@vger.example' })],
    // https://mailchimp.com/help/about-email-headers/
    ['Mailchimp', noticed({ 'X-MC-User': 'abc' })],
    ['an order of Amazon', noticed({ From: 'Amazon <auto-confirm@x.example>' })],
    ['a parcel of Amazon', noticed({ From: 'Amazon <shipment-tracking@x.example>' })],
    ['an order in German', noticed({ From: 'Shop <bestellbestaetigung@x.example>' })],
    ['an invoice in German', noticed({ From: 'Telekom <rechnungonline@x.example>' })],
    ['an invoice in French', noticed({ From: 'EDF <factures@x.example>' })],
    ['an order in Spanish', noticed({ From: 'Tienda <pedidos@x.example>' })],
    ['a receipt of Stripe', noticed({ From: 'Shop via Stripe <receipts+acct_1@x.example>' })],
    ['a statement', noticed({ From: 'Bank <statements@x.example>' })],
    [
      'an invoice',
      noticed(
        { From: 'Port <billing@x.example>' },
        'Your invoice NP-2211 over 1,480.00 EUR is due on Monday.',
      ),
    ],
    [
      'a permit',
      noticed(
        { From: 'Council <permits@x.example>' },
        'Your application has been approved. It is valid from Monday.',
      ),
    ],
    ['a no-reply address in Portuguese', noticed({ From: 'naoresponda@x.example' })],
    ['a no-reply address in Italian', noticed({ From: 'non-rispondere@x.example' })],
    ['a no-reply address in Swedish', noticed({ From: 'svara-inte@x.example' })],
    ['a no-reply address in German', noticed({ From: 'bitte-nicht-antworten@x.example' })],
    ['a no-reply address in Dutch', noticed({ From: 'geen-antwoord@x.example' })],
    // https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online
    [
      'a delivery report of Exchange',
      noticed({ From: 'Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@x.example>' }),
    ],
    // https://www.jitbit.com/maxblog/18-detecting-outlook-autoreplyout-of-office-emails-and-x-auto-response-suppress-header/
    ['an absence note in German', noticed({ Subject: 'Automatische Antwort: Bikes' })],
    ['an absence note in French', noticed({ Subject: 'Réponse automatique : Bikes' })],
    ['an absence note in Spanish', noticed({ Subject: 'Respuesta automática: Bikes' })],
    ['an absence note in Japanese', noticed({ Subject: '自動応答: Bikes' })],
    ['an absence note without a header', noticed({ Subject: 'Out of Office: Bikes' })],
    ['an absence note of a web mail', noticed({ 'X-Mail-Autoreply': 'yes' })],
    ['an absence note of cPanel', noticed({ 'X-Auto-Reply': '1' })],
    // https://support.google.com/calendar/answer/37135
    [
      'a service whose domain is short',
      noticed({ From: 'Shop <hello@mail.ibm.de>', 'Reply-To': 'shop@ibm.de', 'Feedback-ID': '1:AmazonSES' }),
    ],
    [
      'a service in the United Kingdom',
      noticed({
        From: 'Shop <hello@mail.x.co.uk>',
        'Reply-To': 'shop@x.co.uk',
        'Feedback-ID': '1:AmazonSES',
      }),
    ],
    [
      'an accepted invitation',
      noticed({
        Subject: 'Accepted: Fitting @ Mon',
        Sender: 'Google Calendar <calendar-notification@google.com>',
      }),
    ],
  ])('does not list automatic mail: %s', async (_, mail) => {
    expect(await listThread('user', [mail])).toEqual([]);
  });

  test.each<[string, Given]>([
    [
      'who asks about an invoice',
      noticed(
        { From: 'Port <billing@x.example>' },
        'Which address do we use for invoice NP-2211, the old one or the new one?',
      ),
    ],
    [
      'who writes from an address for orders, in Outlook',
      noticed({ From: 'Lena <orders@x.example>', 'Thread-Index': 'AdX' }),
    ],
    [
      'who writes from an address for orders, in Gmail',
      noticed({ From: 'Lena <orders@x.example>', 'Message-ID': '<CA+1@mail.gmail.com>' }),
    ],
    [
      'who writes from an address for orders, on a phone',
      noticed({ From: 'Lena <orders@x.example>', 'X-Mailer': 'iPhone Mail (22A1)' }),
    ],
    [
      'who answers from an address for orders',
      noticed({ From: 'Lena <orders@x.example>', 'In-Reply-To': '<1@y.example>' }),
    ],
    [
      'who asks for something',
      noticed(
        { From: 'Insurance <service@x.example>' },
        'Please tell us by Monday whether the value of the stock has changed.',
      ),
    ],
    [
      'who fills in a form that Amazon SES sends',
      noticed({
        From: 'Form <form@own.example>',
        'Reply-To': 'ella@marsh.example',
        'Feedback-ID': '1.eu-west-1:AmazonSES',
        'X-SES-Outgoing': '1',
      }),
    ],
    [
      'who fills in a form of another company in the United Kingdom',
      noticed({ From: 'Form <form@own.co.uk>', 'Reply-To': 'ella@marsh.co.uk', 'X-SES-Outgoing': '1' }),
    ],
    [
      'whose mail a server forwarded',
      noticed({ 'Return-Path': '<SRS0=abcd=XY=x.example=lena@fwd.example>' }),
    ],
    ['who writes about an absence note', noticed({ Subject: 'Re: Automatic reply: Bikes' })],
  ])('lists as waiting for the user: mail of a person %s', async (_, mail) => {
    expect(await listThread('user', [mail])).toHaveLength(1);
  });

  test.each<[string, Given, boolean]>([
    ['an answer', draft({ Subject: 'Re: Bikes' }), true],
    ['an answer without a recipient', draft({ To: '' }), true],
    ['an answer to the sender and to others', draft({ To: 'lena@x.example, bo@y.example' }), true],
    // Gmail keeps a forward in the thread of the original mail: https://support.google.com/mail/answer/8260420
    ['a forward', draft({ Subject: 'Fwd: Bikes', To: 'bo@y.example' }), false],
    ['a forward of Outlook in German', draft({ Subject: 'WG: Bikes', To: '' }), false],
    ['a forward with the subject of an answer', draft({ Subject: 'Re: Bikes', To: 'bo@y.example' }), false],
  ])('returns has_draft: $2 if the draft is %s', async (_, mail, has_draft) => {
    expect(await listThread('user', [received(), mail])).toMatchObject([{ has_draft }]);
  });

  // Formats of absence notes, delivery reports and read receipts: https://www.rfc-editor.org/rfc/rfc3834,
  // https://www.rfc-editor.org/rfc/rfc3464, https://www.rfc-editor.org/rfc/rfc8098
  test.each<[string, Given, object]>([
    [
      'has_automatic_answer: true for an absence note',
      ABSENCE,
      { has_automatic_answer: true, has_delivery_report: false },
    ],
    [
      'has_automatic_answer: true for a confirmation with a ticket number',
      received({ 'Auto-Submitted': 'auto-generated' }),
      { has_automatic_answer: true, has_delivery_report: false },
    ],
    [
      'has_delivery_report: true for a delivery report',
      { ...received(), mimeType: 'multipart/report' },
      { has_automatic_answer: false, has_delivery_report: true },
    ],
    [
      'has_delivery_report: true for a delivery report of Exim',
      received({ From: 'Mailer-Daemon@mx.example', 'X-Failed-Recipients': 'lena@x.example' }),
      { has_automatic_answer: false, has_delivery_report: true },
    ],
    [
      'has_delivery_report: true for a delivery report of Postfix',
      received({ From: 'Mail Delivery System <MAILER-DAEMON@mx.example>', 'Auto-Submitted': 'auto-replied' }),
      { has_automatic_answer: false, has_delivery_report: true },
    ],
    [
      'has_delivery_report: true for a delivery report of Exchange',
      received({ From: 'Microsoft Outlook <postmaster@x.example>' }),
      { has_automatic_answer: false, has_delivery_report: true },
    ],
    [
      'has_delivery_report: false for a receipt that says that the message was read',
      {
        ...received({ 'Content-Type': 'multipart/report; report-type=disposition-notification' }),
        mimeType: 'multipart/report',
      },
      { has_automatic_answer: false, has_delivery_report: false },
    ],
  ])('returns %s', async (_, mail, facts) => {
    expect(await listThread('others', [sent(), mail])).toMatchObject([facts]);
  });

  test('returns every thread once over all pages', async () => {
    const whole = await local.stack.call('user_ada', tool.name, { max_results: 50 });

    const pages = await everyPage((input) => local.stack.call('user_ada', tool.name, input), 'threads', {
      max_results: 7,
    });

    expect(subjectsOf({ threads: pages.flat() })).toEqual(subjectsOf(whole.json));
    expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(7);
  });

  test('reads at most three more pages if the threads of a page wait for nobody', async () => {
    local.bed.provider.script = ({ url = '' }) => {
      if (url.endsWith('/sendAs')) return { body: {} };
      if (!url.includes('/threads/')) return { body: { threads: [{ id: 't1' }], nextPageToken: 'more' } };
      return { body: { messages: [toMessage(ABSENCE, 0)] } };
    };

    const { json } = await local.bed.environment(tool)({ input: { max_results: 1 } });

    expect(json).toMatchObject({ threads: [], next_cursor: expect.any(String) });
    expect(local.bed.provider.requests.filter(({ url = '' }) => url.includes('q='))).toHaveLength(4);
  });

  test('leaves out a thread that was deleted after it was listed', async () => {
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

  test('returns the other messages if one message is malformed', async () => {
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

  test('returns an empty list for an empty mailbox', async () => {
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
  ])('rejects the input %j', async (input, path) => {
    const { error } = await local.stack.call('user_ada', tool.name, input);

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path }] });
    expect(local.stack.scalekit.requests).toEqual([]);
  });
});

testProviderErrors(tool, {}, providerErrors);

test.each([
  { reader: draftForward, field: 'message_id' },
  { reader: draftReply, field: 'message_id' },
  { reader: readThread, field: 'thread_id' },
])(
  'the contract of $reader.name names gmail_list_awaiting_reply as a source of $field',
  async ({ reader, field }) => {
    expect(JSON.stringify(z.toJSONSchema(reader.input, { io: 'input' }))).toContain(tool.name);

    const { error } = await local.stack.call('user_ada', reader.name, { [field]: 'not an id' });

    expect(error?.details.find(({ path }) => path === field)?.issue).toContain(tool.name);
  },
);
