import { describe, expect, test } from 'vitest';
import { mailContexts, readMessage } from '../shared/message-text.ts';
import { html, message, plain, REPLY } from './mail-parts.ts';

type Payload = ReturnType<typeof plain>;
const ATTRIBUTION = 'On Mon, Nov 9, 2026 at 8:12 AM Lena <lena@x.example> wrote:';
const HEADERS =
  'From: Lena <lena@x.example>\nSent: Monday, November 9, 2026 8:12 AM\nTo: Ada <ada@y.example>\nSubject: Offer';

/**
 * Reads a message.
 * @param answered the text of the message before it in the thread, if the thread contains that message
 */
function read(payload: Payload, headers: Record<string, string>, answered?: string) {
  const given = message(payload, headers);
  const thread =
    answered === undefined ? [given] : [message(plain(answered), { 'Message-ID': '<1@x.example>' }), given];
  const { text, isShortened } = readMessage(given, new Map(), mailContexts(thread, new Map())(given));
  return { text, isShortened };
}

describe('readMessage with a reply', () => {
  test.each<[string, Payload]>([
    ['Gmail', plain(`Yes.\n\n${ATTRIBUTION}\n\n> Shall we?\n> Lena`)],
    [
      'Gmail, over two lines',
      plain('Yes.\n\nOn Mon, Nov 9, 2026 at 8:12 AM Lena Berg\n<lena@x.example> wrote:\n> Shall we?'),
    ],
    [
      'Gmail in German',
      plain('Yes.\n\nAm Mo., 9. Nov. 2026 um 08:12 Uhr schrieb Lena <lena@x.example>:\n> Wollen wir?'),
    ],
    [
      'Gmail in French',
      plain('Yes.\n\nLe lun. 9 nov. 2026 à 08:12, Lena <lena@x.example> a écrit :\n\n> On y va ?'),
    ],
    ['Gmail in Japanese', plain('Yes.\n\n2026年11月9日(月) 8:12 Lena <lena@x.example>:\n> どう？')],
    ['Thunderbird', plain('Yes.\n\nAm 09.11.26 um 08:12 schrieb Lena:\n> Wollen wir?\n>> Morgen?')],
    ['mutt', plain('Yes.\n\nOn Mon, Nov 09, 2026 at 08:12:00AM +0000, Lena wrote:\n> Shall we?\n\n')],
    [
      'Gmail in HTML',
      html(
        `<div>Yes.</div><br><div class="gmail_quote gmail_quote_container"><div class="gmail_attr">${ATTRIBUTION.replaceAll('<', '&lt;')}<br></div><blockquote class="gmail_quote"><div>Shall we?</div></blockquote></div>`,
      ),
    ],
    [
      'Apple Mail in HTML',
      html(
        '<div>Yes.</div><div><br><blockquote type="cite"><div>On Nov 9, 2026, at 8:12 AM, Lena &lt;lena@x.example&gt; wrote:</div><br><div>Shall we?</div></blockquote></div>',
      ),
    ],
    [
      'Thunderbird in HTML',
      html(
        '<p>Yes.</p><div class="moz-cite-prefix">On 09/11/2026 08:12, Lena wrote:<br></div><blockquote type="cite"><p>Shall we?</p></blockquote>',
      ),
    ],
    [
      'Yahoo in HTML',
      html(
        '<div>Yes.</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Monday, November 9, 2026 at 08:12:00 AM GMT, Lena &lt;lena@x.example&gt; wrote:</div><div><br></div><div>Shall we?</div></div>',
      ),
    ],
    ['Outlook', plain(`Yes.\n\n-----Original Message-----\n${HEADERS}\n\nShall we?\n`)],
    ['Outlook without a line above the headers', plain(`Yes.\n\n${HEADERS}\n\nShall we?\n`)],
    ['Outlook in the browser', plain(`Yes.\n________________________________\n${HEADERS}\n\nShall we?`)],
    [
      'Outlook in HTML, in German',
      html(
        '<p>Yes.</p><div><div style="border-top:solid #E1E1E1 1.0pt"><p><b>Von:</b> Lena &lt;lena@x.example&gt; <br><b>Gesendet:</b> Montag, 9. November 2026 08:12<br><b>An:</b> Ada<br><b>Betreff:</b> Offer</p></div></div><p>Wollen wir?</p>',
      ),
    ],
    [
      'Outlook in Chinese',
      plain('Yes.\n\n发件人: Lena\n发送时间: 2026年11月9日 8:12\n收件人: Ada\n主题: Offer\n\n好吗？'),
    ],
  ])('removes a quotation in the format of %s', (_, payload) => {
    expect(read(payload, REPLY)).toEqual({ text: 'Yes.', isShortened: true });
  });

  test('removes the quotation if the answered message contains all quoted lines', () => {
    const answer = plain(
      `Yes, 40.\n\n${ATTRIBUTION}\n> Can you deliver 40 wheelsets\n> by Friday?\n> https://t.example/other`,
    );

    expect(read(answer, REPLY, 'Can you deliver 40 wheelsets by Friday?')).toMatchObject({
      text: 'Yes, 40.',
    });
  });

  test.each(['AW: Offer', 'RE: Offer', 'Sv: Offer', 'Re[2]: Offer', '回复：Offer', 'Re: FW: Offer'])(
    'removes the quotation if the subject is “%s”',
    (Subject) => {
      const answer = plain(`Yes.\n\n${ATTRIBUTION}\n> Shall we?`);

      expect(read(answer, { Subject, References: '<0@x.example> <1@x.example>' })).toMatchObject({
        text: 'Yes.',
      });
    },
  );
});

describe('readMessage with text that is not clearly a quotation', () => {
  const FORWARD = { Subject: 'Fwd: Offer', 'In-Reply-To': '<1@x.example>' };

  test.each<[string, Payload, Record<string, string>]>([
    // Formats of forwards: https://support.google.com/mail/answer/8260420,
    // https://support.apple.com/guide/mail/mlhlp1010/mac
    [
      'a forward in the format of Gmail',
      plain(`FYI\n\n---------- Forwarded message ---------\n${HEADERS}\n\nThe price is 112 EUR.\n-- \nLena`),
      FORWARD,
    ],
    [
      'a forward in the format of Apple Mail',
      plain(`See.\n\nBegin forwarded message:\n\n> ${HEADERS.replaceAll('\n', '\n> ')}\n> \n> The price.`),
      FORWARD,
    ],
    [
      'a forward in the format of Outlook',
      plain(`Please handle.\n\n${HEADERS}\n\nI want my money back.`),
      { ...FORWARD, Subject: 'WG: Offer' },
    ],
    [
      'a forward in the format of Yahoo',
      html(
        `<div>FYI</div><div class="yahoo_quoted">----- Forwarded Message -----<br>From: Lena<br>To: Ada<br>Subject: Offer<br><br>The price.</div>`,
      ),
      { Subject: 'Fw: Offer' },
    ],
    [
      'a forward in a reply',
      plain(
        `Yes.\n\n---------- Forwarded message ---------\nFrom: Bob\nDate: Monday\nSubject: Another thing\n\nText`,
      ),
      REPLY,
    ],
    [
      'a quotation in a message that is not a reply',
      plain(`Look:\n\n${ATTRIBUTION}\n> Shall we?`),
      { Subject: 'Re: Offer' },
    ],
    [
      'a quotation in a message with a new subject',
      plain(`Look:\n\n${ATTRIBUTION}\n> Shall we?`),
      { ...REPLY, Subject: 'New offer' },
    ],
    [
      'a form with the names of headers',
      plain('New request.\n\nFrom: Berlin\nDate: 3 December\nSubject: Groups\nRemarks: a wheelchair'),
      REPLY,
    ],
    [
      'a form of four lines',
      plain('New request.\n\nName: Ada\nTo: Berlin\nDate: 3 December\nSeats: 2'),
      REPLY,
    ],
    ['answers between the lines', plain(`${ATTRIBUTION}\n> One?\nYes.\n> Two?\nNo.`), REPLY],
    ['an answer below the quotation', plain(`${ATTRIBUTION}\n> Shall we?\n\nYes.`), REPLY],
    ['a message with only a quotation', plain(`${ATTRIBUTION}\n> Shall we?`), REPLY],
    ['a quotation without an introduction', plain('He told me this.\n\n> I will pay.'), REPLY],
    [
      'answers that the message announces',
      plain(`My answers are inline.\n\n${ATTRIBUTION}\n> How many?\n> 40`),
      REPLY,
    ],
    [
      'answers that Outlook shows in red',
      plain(`See my comments in red.\n\n${HEADERS}\n\nHow many?\n40`),
      REPLY,
    ],
    [
      'answers in another colour',
      html(
        `<div>Hi Lena,</div><div class="gmail_quote"><div>On Mon, 9 Nov 2026, Lena wrote:</div><blockquote>Can you deliver 40?<div style="color: #1155cc">Gladly, tomorrow</div></blockquote></div>`,
      ),
      REPLY,
    ],
    ['a line of two dashes', plain('Options:\n--\nA: 40 EUR\nB: 55 EUR'), {}],
    ['a long text below dashes', plain(`Minutes\n-- \n${'line\n'.repeat(20)}end`), {}],
  ])('keeps %s', (_, payload, headers) => {
    const whole = readMessage(message(payload, headers), new Map(), null).text;

    expect(read(payload, headers)).toEqual({ text: whole, isShortened: false });
  });

  test.each([
    [
      'answers between the quoted lines',
      `See:\n\n${ATTRIBUTION}\n> Can you deliver 40?\n> YES, gladly tomorrow`,
    ],
    [
      'a quotation of another message',
      'He promised this.\n\nOn 3 May 2019 the supplier wrote:\n> We guarantee ten years.',
    ],
    [
      'answers inside a quotation of Outlook',
      `See:\n\n${HEADERS}\n\nCan you deliver 40?\nGladly, tomorrow morning`,
    ],
  ])('keeps %s if the answered message is in the thread', (_, text) => {
    expect(read(plain(text), REPLY, 'Can you deliver 40?')).toEqual({ text, isShortened: false });
  });
});

test.each<[string, Payload, string]>([
  ['plain text', plain('Yes.\n\n-- \nAda Okafor\nHarbor Bikes'), 'Yes.'],
  [
    'Gmail',
    html(
      '<div>Yes.</div><span class="gmail_signature_prefix">-- </span><br><div class="gmail_signature">Ada<br>+49 1</div>',
    ),
    'Yes.',
  ],
  ['Thunderbird', html('<p>Yes.</p><pre class="moz-signature">-- \nAda</pre>'), 'Yes.'],
])('readMessage removes a signature in the format of %s', (_, payload, text) => {
  expect(read(payload, { Subject: 'Offer' })).toEqual({ text, isShortened: true });
});

test('readMessage keeps a signature if there is no other text', () => {
  expect(read(html('<div class="gmail_signature">Ada</div>'), {})).toEqual({
    text: 'Ada',
    isShortened: false,
  });
});
