import { describe, expect, test } from 'vitest';
import { mailContexts, readMessage } from '../shared/message-text.ts';
import { html, message, plain, REPLY } from './mail-parts.ts';

type Payload = ReturnType<typeof plain>;
type Headers = Record<string, string>;

const FORWARD: Headers = { Subject: 'Fwd: Offer', 'In-Reply-To': '<1@x.example>' };
const HEADERS =
  'From: Lena Berg <lena@x.example>\nSent: Monday, November 9, 2026 8:12 AM\nTo: Grace <grace@y.example>\nSubject: Offer';
const OUTLOOK = `<div style="border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Lena<br><b>Sent:</b> Monday, November 9, 2026 8:12 AM<br><b>To:</b> Ada<br><b>Subject:</b> Offer</p></div>`;
const QUOTE = '<div>On Mon, 9 Nov 2026, Lena wrote:</div>';

function read(payload: Payload, headers: Headers) {
  const given = message(payload, headers);
  const { text, isShortened } = readMessage(given, new Map(), mailContexts([given], new Map())(given));
  return { text, isShortened };
}

// Formats of forwards: https://github.com/crisp-oss/email-forward-parser/tree/master/test/fixtures
describe('readMessage with forwarded mail', () => {
  test.each<[string, Payload, Headers]>([
    // Gmail can write the user's signature above the forward: https://support.google.com/mail/answer/8395
    [
      "Gmail, below the user's signature",
      plain(
        `FYI\n\n-- \nAda Okafor\nHarbor Bikes\n\n---------- Forwarded message ---------\n${HEADERS}\n\nThe price is 112 EUR.`,
      ),
      FORWARD,
    ],
    // https://github.com/crisp-oss/email-forward-parser/blob/master/test/fixtures/outlook_2019_en_body.txt
    [
      "Outlook, below the user's signature",
      plain(`FYI\n\n-- \nAda Okafor\nHarbor Bikes\n\n${HEADERS}\n\nThe price is 112 EUR.`),
      { ...FORWARD, Subject: 'FW: Offer' },
    ],
    // https://kb.mozillazine.org/Signatures_-_Thunderbird
    [
      "Thunderbird in German, below the user's signature",
      plain(
        'FYI\n\n-- \nAda Okafor\n\n\n-------- Weitergeleitete Nachricht --------\nBetreff: 	Offer\nDatum: 	Mon, 9 Nov 2026 08:12:22 +0000\nVon: 	Lena <lena@x.example>\nAn: 	ada@y.example\n\n\nDer Preis ist 112 EUR.',
      ),
      { Subject: 'WG: Offer' },
    ],
    // https://github.com/crisp-oss/email-forward-parser/blob/master/test/fixtures/apple_mail_de_body.txt
    [
      'Apple Mail in German, with the signature of the other person',
      plain(
        'Siehe.\n\nAnfang der weitergeleiteten Nachricht:\n\nVon: Lena <lena@x.example>\nBetreff: Offer\nDatum: 9. November 2026 um 08:12:22 MEZ\nAn: Ada\n\nDer Preis.\n\n-- \nLena Berg, Tel. 112 233',
      ),
      FORWARD,
    ],
    [
      'Outlook in German, with a signature between two mails',
      plain(
        'Bitte.\n\nVon: Grace <grace@y.example>\nGesendet: Dienstag, 10. November 2026 09:00\nAn: Ada\nBetreff: AW: Offer\n\nIch kann nicht.\n-- \nGrace\n\nVon: Lena <lena@x.example>\nGesendet: Montag, 9. November 2026 08:12\nAn: Grace\nBetreff: Offer\n\nDer Preis ist 112 EUR.',
      ),
      { ...FORWARD, Subject: 'WG: Offer' },
    ],
    // `VS:` marks a reply in Finnish, but a forward in Danish:
    // https://en.wikipedia.org/wiki/List_of_email_subject_abbreviations
    [
      'Outlook in Danish',
      plain(
        'Se venligst.\n\nFra: Lena <lena@x.example>\nSendt: 9. november 2026 08:12\nTil: Grace\nEmne: Offer\n\nPrisen er 112 EUR.',
      ),
      { ...FORWARD, Subject: 'VS: Offer' },
    ],
    [
      'Outlook in Norwegian',
      plain(
        'Se under.\n\nFra: Lena <lena@x.example>\nSendt: mandag 9. november 2026 08:12\nTil: Grace\nEmne: Offer\n\nPrisen er 112 EUR.',
      ),
      { ...FORWARD, Subject: 'VS: Offer' },
    ],
    // Gmail marks a signature with a class. The class is still there after somebody forwards the mail.
    [
      'Apple Mail in HTML, with a Gmail signature in the forwarded mail',
      html(
        '<div>See.</div><blockquote type="cite"><div>Begin forwarded message:</div><div><b>From: </b>Lena</div><div>Price</div><div class="gmail_signature">Lena Berg<br>Tel. 112 233</div></blockquote>',
      ),
      FORWARD,
    ],
    [
      'Thunderbird in HTML, with a Gmail signature in the forwarded mail',
      html(
        '<p>See.</p><div class="moz-forward-container">-------- Forwarded Message --------<p>Price</p><div class="gmail_signature">Lena Berg<br>Tel. 112 233</div></div>',
      ),
      FORWARD,
    ],
    [
      'Outlook in HTML, with a Gmail signature in the forwarded mail',
      html(`<p>See.</p>${OUTLOOK}<p>Price</p><div class="gmail_signature">Lena Berg<br>Tel. 112 233</div>`),
      { ...FORWARD, Subject: 'FW: Offer' },
    ],
    [
      "Gmail, inside the user's signature",
      html(
        '<div>FYI<div class="gmail_signature">Ada<br><div class="gmail_quote">---------- Forwarded message ---------<br>From: Lena<br><br>112 EUR</div></div></div>',
      ),
      FORWARD,
    ],
  ])('keeps an entire forward in the format of %s', (_, payload, headers) => {
    const whole = readMessage(message(payload, headers), new Map(), null).text;

    expect(read(payload, headers)).toEqual({ text: whole, isShortened: false });
  });
});

// The RFC defines a line with two dashes as the start of a signature, but people and programs also use it to separate
// other texts: https://www.rfc-editor.org/rfc/rfc3676#section-4.3
test.each([
  ['items of an agenda', 'Agenda\n-- \n1. Budget\n-- \n2. Staff'],
  ['a line of an order', 'Your order\n-- \nItem: crane, 112 EUR\nQuantity: 2'],
  ['a postscript', 'Fine.\n\n-- \nAda\n\nP.S. The key is under the mat.'],
  ['a question', 'Two dates\n-- \nMonday or Friday?'],
  ['a list after a colon', 'The choices:\n-- \nred\nblue'],
])('readMessage keeps %s below two dashes', (_, text) => {
  expect(read(plain(text), { Subject: 'Offer' })).toEqual({ text, isShortened: false });
});

// People mark their answers inside a quotation in these ways: https://patents.justia.com/patent/20240193346 and
// https://en.wikipedia.org/wiki/Posting_style
describe('readMessage with answers inside the quotation', () => {
  test.each<[string, Payload]>([
    [
      'the name in brackets, as Outlook sets it',
      plain(`Hi Lena, fine.\n\n${HEADERS}\n\nCan you deliver 40?\n[Ada Okafor] YES, by Friday`),
    ],
    [
      'the blue of Outlook',
      html(
        `<p>Hi Lena.</p>${OUTLOOK}<p>Can you?</p><p><span style="color:rgb(0,112,192)">YES, by Friday</span></p>`,
      ),
    ],
    [
      'the red of Gmail',
      html(
        `<div>Hi.</div>${QUOTE}<blockquote>Can you?<div style="color:rgb(204, 0, 0)">YES, by Friday</div></blockquote>`,
      ),
    ],
    [
      'the highlight of Gmail',
      html(
        `<div>Hi.</div>${QUOTE}<blockquote>Can you?<span style="background-color:rgb(255,255,0)">YES, by Friday</span></blockquote>`,
      ),
    ],
    [
      'the highlight of Word',
      html(
        `<div>Hi.</div>${QUOTE}<blockquote>Can you?<p><span style='background:yellow;mso-highlight:yellow'>YES, by Friday</span></p></blockquote>`,
      ),
    ],
    ...[
      'Answered below.',
      'Please find my responses beneath each question.',
      'Replies embedded.',
      'Meine Antworten im Text.',
      'Voir mes réponses dans le texte.',
      'Respondo entre líneas.',
      'Mijn antwoorden staan hieronder.',
      'Ti rispondo tra le righe.',
      'Respostas abaixo.',
      'Se mina svar nedan.',
      'Odpowiedzi w tekście.',
      'Ответы ниже.',
      '以下、インラインで回答します。',
    ].map((words): [string, Payload] => [
      words,
      plain(`${words}\n\n${HEADERS}\n\nCan you deliver 40?\nYES, by Friday`),
    ]),
  ])('keeps answers that are marked or announced by: “%s”', (_, payload) => {
    expect(read(payload, REPLY)).toMatchObject({
      text: expect.stringContaining('YES, by Friday'),
      isShortened: false,
    });
  });
});

test.each([
  [
    'a form with a subject',
    'Updated.\n\nFrom: Hamburg\nTo: Berlin\nSubject: Offer\nSeats: 2\n\nA wheelchair.',
  ],
  [
    'a quotation of another person',
    'Here is the text.\n\nIn May 2019 the supplier wrote:\n> We guarantee ten years.',
  ],
])('readMessage keeps %s in a reply', (_, text) => {
  expect(read(plain(text), { ...REPLY, To: 'Lena <lena@x.example>' })).toEqual({ text, isShortened: false });
});

describe('readMessage with quoted headers', () => {
  test.each<[string, string, Headers]>([
    // Outlook's words in other languages: https://github.com/crisp-oss/email-forward-parser/blob/master/lib/parser.js
    [
      'Outlook in Polish',
      'Ja.\n\n-----Oryginalna wiadomość-----\nOd: Lena\nWysłano: 9 listopada 2026 08:12\nDo: Ada\nTemat: Offer\n\nShall we?',
      REPLY,
    ],
    [
      'Outlook in Hungarian',
      'Ja.\n\n-----Eredeti üzenet-----\nFeladó: Lena\nKüldve: 2026. november 9. 8:12\nCímzett: Ada\nTárgy: Offer\n\nShall we?',
      REPLY,
    ],
    [
      'a web mail whose headers are separate paragraphs',
      'Ja.\n\n-----Original Message-----\n\nFrom: "Lena" <lena@x.example>\n\nTo: <ada@y.example>;\n\nCc:\n\nSent: 2026-11-09 08:12:22 (GMT+09:00)\n\nSubject: Offer\n\nShall we?',
      REPLY,
    ],
    // A rule can tag mail from outside the organisation:
    // https://learn.microsoft.com/exchange/security-and-compliance/mail-flow-rules/mail-flow-rules
    [
      'Outlook, with a tag of the mail server in the subject',
      `Ja.\n\n${HEADERS.replace('Offer', '[EXTERNAL] Offer')}\n\nShall we?`,
      REPLY,
    ],
    [
      'Outlook, with a tag of the mail server in the answer',
      `Ja.\n\n${HEADERS}\n\nShall we?`,
      { ...REPLY, Subject: '[EXT] Re: Offer' },
    ],
    // https://docs.mailman3.org/projects/mailman/en/latest/src/mailman/handlers/docs/subject-munging.html
    [
      'Outlook, with the tag of a mailing list',
      `Ja.\n\n${HEADERS.replace('Offer', 'RE: [rowers] Offer')}\n\nShall we?`,
      REPLY,
    ],
    [
      'Outlook in Finnish',
      'Ja.\n\nLähettäjä: Lena <lena@x.example>\nLähetetty: maanantai 9. marraskuuta 2026 8.12\nVastaanottaja: Ada <ada@y.example>\nAihe: Offer\n\nShall we?',
      { ...REPLY, Subject: 'VS: Offer' },
    ],
  ])('removes a quotation in the format of %s', (_, text, headers) => {
    expect(read(plain(text), headers)).toEqual({ text: 'Ja.', isShortened: true });
  });

  // https://www.novell.com/documentation/groupwise2012/
  test('removes a quotation in the format of GroupWise if the answered mail is in the thread', () => {
    const answered = message(plain('Shall we meet at noon?'), { 'Message-ID': '<1@x.example>' });
    const answer = message(
      plain('Ja.\n\n>>> Lena <lena@x.example> 09.11.2026 08:12 >>>\nShall we meet at noon?'),
      REPLY,
    );

    expect(readMessage(answer, new Map(), mailContexts([answered, answer], new Map())(answer))).toMatchObject(
      { text: 'Ja.', isShortened: true },
    );
  });
});
