import { describe, expect, test } from 'vitest';
import { mailContexts, readMessage } from '../shared/message-text.ts';
import { html, message, plain, REPLY } from './mail-parts.ts';

// Quotations from real mails in the tests of four projects. A comment above a case is the name of its file.
// https://github.com/discourse/email_reply_trimmer/tree/117fd1a2703d110651d4faec09b12dc1fc22f237/test/emails
// https://github.com/closeio/quotequail/tree/6969bfffd53d72c30e90dddedf43e66f7fe3c2da/tests/files
// https://github.com/mailgun/talon/tree/71d9b6eb78e985bcdfbf99b69c20c001b4b818c4/tests/fixtures
// https://github.com/crisp-oss/email-forward-parser/tree/0ae68013fc893f66c38adc848a21c1f9598843c9/test/fixtures
type Payload = ReturnType<typeof plain>;
const QUESTION = 'Can you deliver 40 wheelsets by Friday?\n\nBest, Lena';
const HEADERS =
  'From: Lena <lena@x.example>\nDate: Mon, Nov 9, 2026 at 8:12 AM\nSubject: Offer\nTo: Ada <ada@y.example>';

/**
 * Reads a message.
 * @param answered the text of the message before it in the thread, if the thread contains that message
 */
function read(payload: Payload, headers = REPLY, answered?: string) {
  const given = message(payload, headers);
  const thread =
    answered === undefined ? [given] : [message(plain(answered), { 'Message-ID': '<1@x.example>' }), given];
  const { text, isShortened } = readMessage(given, new Map(), mailContexts(thread, new Map())(given));
  return { text, isShortened };
}

describe('readMessage with a reply', () => {
  test.each<[string, Payload]>([
    // embedded_email_german_4.txt
    [
      'Google Inbox in German, with the end of the introduction on a separate line',
      plain('Ja.\n\nLena <lena@x.example> schrieb am Mo., 9.\nNov. 2026 um 08:12 Uhr:\n\n> Wollen wir?\n'),
    ],
    // embedded_email_german_6.txt
    [
      'Gmail for Android in German, with a line break before the end of an address',
      plain(
        'Ja.\n\nAm 09.11.2026 08:12 schrieb "Lena Berg" <lena.berg@cityferries.example\n>:\n\n> Wollen wir?\n',
      ),
    ],
    // embedded_ception.txt
    [
      'Gmail, with a line break before the end of an address',
      plain(
        'Ja.\n\nOn Mon, Nov 9, 2026 at 8:12 AM, Lena Berg <lena.berg@cityferries.example\n> wrote:\n\n> Shall we?\n',
      ),
    ],
    // gmail_reply.html
    [
      'Gmail, with the signature below it',
      html(
        '<div dir="ltr">Ja.</div><div class="gmail_quote">On Mon, Nov 9, 2026 at 8:12 AM Lena &lt;lena@x.example&gt; wrote:<br><blockquote class="gmail_quote">Shall we?</blockquote></div><br clear="all">-- <br><div class="gmail_signature">Ada Okafor<br>Harbor Bikes</div>',
      ),
    ],
    [
      'Gmail as plain text, with the signature below it',
      plain(
        'Ja.\n\nOn Mon, Nov 9, 2026 at 8:12 AM Lena <lena@x.example> wrote:\n\n> Shall we?\n\n\n-- \nAda Okafor',
      ),
    ],
    // yahoo_reply_unescaped_address.html
    [
      'Yahoo, with a random prefix of the CSS classes',
      html(
        '<div>Ja.</div><div class="ydp9b1f0a55yahoo_quoted" id="ydp9b1f0a55yahoo_quoted_58"><div>On Monday, November 9, 2026 at 8:12:41 AM EST, Lena <lena@x.example> wrote:</div><div><br></div><div>Shall we?</div></div>',
      ),
    ],
    // yahoo.eml
    [
      'older versions of Yahoo, with an empty header field',
      plain(
        'Ja.\n\n\n----- Original Message -----\nFrom: "lena@x.example" <lena@x.example>\nTo: ada@y.example\nCc: \nSent: Monday, November 9, 2026 8:12 AM\nSubject: Offer\n\nShall we?',
      ),
    ],
    // hotmail.eml
    [
      'Hotmail',
      plain(
        'Ja.\n\n> Subject: Offer\n> From: lena@x.example\n> To: ada@y.example\n> Date: Mon, 9 Nov 2026 08:12:22 +0000\n> \n> Shall we?',
      ),
    ],
    // https://github.com/ProtonMail/WebClients/blob/main/applications/mail/src/app/helpers/message/messageDraft.ts
    [
      'Proton, with a line above the introduction',
      plain(
        'Ja.\n\n------- Original Message -------\nOn Monday, November 9th, 2026 at 8:12 AM, Lena <lena@x.example> wrote:\n\n> Shall we?\n',
      ),
    ],
    // embedded_email_2.txt
    [
      'Zoho',
      html(
        '<div>Ja.</div><br>---- On Mon, 09 Nov 2026 08:12:36 +0530 <b>Lena &lt;lena@x.example&gt;</b> wrote ----<br><blockquote>Shall we?</blockquote>',
      ),
    ],
  ])('removes a quotation in the format of %s', (_, payload) => {
    expect(read(payload)).toEqual({ text: 'Ja.', isShortened: true });
  });

  test.each<[string, Payload]>([
    // dual_embedded.txt, embedded_email_10.txt
    [
      'Outlook for phones',
      plain(`Ja.\n\n\nOn Mon, Nov 9, 2026 at 4:58 AM -0800, "Lena" <lena@x.example> wrote:\n\n\n${QUESTION}`),
    ],
    // windows_mail.html
    [
      'Windows Mail in Russian, without the subject',
      plain(
        `Ja.\n\nОт: Lena <lena@x.example>\nОтправлено: понедельник, 9 ноября 2026 г. 8:12\nКому: Ada <ada@y.example>\n\n${QUESTION}`,
      ),
    ],
  ])('if the answered mail is in the thread, removes a quotation in the format of %s', (_, payload) => {
    expect(read(payload, REPLY, QUESTION)).toEqual({ text: 'Ja.', isShortened: true });
    expect(read(payload).isShortened).toBe(false);
  });
});

// All of these forwards are from https://github.com/crisp-oss/email-forward-parser, which uses the same names.
describe('readMessage with a forward that has the subject of a reply', () => {
  test.each<[string, string]>([
    ['gmail_en_body_variant_2', `See.\n\n---------- Forwarded message ---------\n${HEADERS}\n\nThe price.`],
    [
      'apple_mail_en_body_variant_2',
      `See.\n\n> Begin forwarded message:\n>\n> ${HEADERS.replaceAll('\n', '\n> ')}\n>\n> The price.`,
    ],
    [
      'apple_mail_en_body_variant_13',
      `See.\n\nBegin forwarded message:\n\n> ${HEADERS.replaceAll('\n', '\n> ')}\n>\n> The price.`,
    ],
    ['apple_mail_de_body', `Siehe.\n\nAnfang der weitergeleiteten Nachricht:\n\n${HEADERS}\n\nThe price.`],
    [
      'thunderbird_pl_body',
      'Zob.\n\n--- Treść przekazanej wiadomości ---\nTemat: 	Offer\nData: 	Mon, 9 Nov 2026 08:12:22 +0000\nNadawca: 	Lena <lena@x.example>\nAdresat: 	ada@y.example\n\nThe price.',
    ],
    [
      'thunderbird_sk_body',
      'Viď.\n\n-------- Preposlaná správa --- Forwarded Message --------\nPredmet: 	Offer\nDátum: 	Mon, 9 Nov 2026 08:12:22 +0000\nOdosielateľ: 	Lena <lena@x.example>\nPre: 	ada@y.example\n\nThe price.',
    ],
    [
      'hubspot_de_body',
      'Siehe.\n\n---------- Weitergeleitete Nachricht ----------\nVon: Lena <lena@x.example>\nDatum: Mo, 9. Nov. 2026 um 8:12\nBetreff: Offer\nAn: ada@y.example\n\nThe price.',
    ],
  ])('keeps the entire forward of the fixture %s', (_, text) => {
    expect(read(plain(text))).toEqual({ text, isShortened: false });
  });

  test('keeps an entire forward in the format of Gmail in HTML', () => {
    const forward = html(
      '<div>See.</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: Lena &lt;lena@x.example&gt;<br>Date: Mon, Nov 9, 2026 at 8:12 AM<br>Subject: Offer<br>To: Ada<br></div><br>The price.</div>',
    );

    expect(read(forward)).toMatchObject({ text: expect.stringContaining('The price.'), isShortened: false });
  });
});

test.each([
  [
    "the user's line above the introduction",
    'Write to me at ada@y.example\nOn Mon, Nov 9, 2026, Lena wrote:\n> Shall we?',
    'Write to me at ada@y.example',
  ],
])('readMessage removes the quotation, but keeps %s', (_, text, own) => {
  expect(read(plain(text))).toEqual({ text: own, isShortened: true });
});

test.each([
  ['an answer below dashes', 'On Mon, Nov 9, 2026, Lena wrote:\n> Shall we?\n--\nYes, at noon.'],
  [
    'an answer below a quotation',
    'See:\n\nOn Mon, Nov 9, 2026, Lena wrote:\n> Shall we?\n\nYes, at noon.\n\n-- \nAda',
  ],
])('readMessage keeps %s', (_, text) => {
  expect(read(plain(text)).text).toContain('Yes, at noon.');
});
