import { describe, expect, test } from 'vitest';
import { mailContexts, readMessage } from '../shared/message-text.ts';
import { message, multi, part, plain } from './mail-parts.ts';

// These reports have the format of
// https://github.com/sisimai/rb-sisimai/tree/9c4a18472ab13e0382c3dec7ffbea39f2e187c91/set-of-emails/maildir/bsd
const STATUS = 'Reporting-MTA: dns; mx.y.example\n\n';
const returned = { ...part('message/rfc822', ''), parts: [plain('Our own words.')] };

function read(text: string, report: ReturnType<typeof part>) {
  return readMessage(message(multi('report', plain(text), report, returned)), new Map(), null).text;
}

test.each([
  [
    'a mail that Amazon SES could not deliver',
    'An error occurred while trying to deliver the mail to the following recipients:\nlena@x.example',
    'Final-Recipient: rfc822; lena@x.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 user unknown\n',
    'lena@x.example: failed 5.1.1 (550 5.1.1 user unknown)',
  ],
  [
    'a mail that Amazon SES could not receive',
    'This message could not be delivered.',
    'Action: failed\nFinal-Recipient: rfc822;lena@x.example\nDiagnostic-Code: smtp;550 5.1.1 Mailbox does\n\tnot exist\nStatus: 5.1.1\n',
    'lena@x.example: failed 5.1.1 (550 5.1.1 Mailbox does not exist)',
  ],
  [
    'two recipients, of which the first has an original address',
    'Delivery Status Notification (Failure)',
    'Original-Recipient: rfc822;lena@x.example\nFinal-Recipient: rfc822;l.berg@z.example\nAction: delayed\nStatus: 4.4.1\n\nFinal-Recipient: rfc822;bo@x.example\nAction: failed\nStatus: 5.2.2\n',
    'lena@x.example: delayed 4.4.1\nbo@x.example: failed 5.2.2',
  ],
])('readMessage adds the recipient and the reason for %s', (_, text, recipients, expected) => {
  expect(read(text, part('message/delivery-status', STATUS + recipients))).toBe(`${text}\n\n${expected}`);
});

// These reports have no MIME parts. Below the server's text is a copy of the user's own mail.
describe('readMessage with a delivery report above a copy of the original mail', () => {
  const SERVER = { From: 'Mail Delivery System <MAILER-DAEMON@mx.y.example>' };

  test.each([
    // https://cr.yp.to/proto/qsbmf.txt
    [
      'qmail',
      'Hi. This is the qmail-send program at mx.y.example.\n\n<lena@x.example>:\nuser unknown\n\n--- Below this line is a copy of the message.\n\nSubject: Offer\n\nOur own words.',
    ],
    // https://www.exim.org/exim-html-current/doc/html/spec_html/ch-customizing_messages.html
    [
      'Exim',
      'This message was created automatically by mail delivery software.\n\n  lena@x.example\n\n------ This is a copy of the message, including all the headers. ------\n\nSubject: Offer\n\nOur own words.',
    ],
    // https://github.com/sisimai/rb-sisimai/blob/master/lib/sisimai/lhost/sendmail.rb
    [
      'Sendmail',
      '   ----- The following addresses had permanent fatal errors -----\n<lena@x.example>\n\n   ----- Original message follows -----\n\nSubject: Offer\n\nOur own words.',
    ],
    // https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
    [
      'Exchange',
      'Delivery has failed to lena@x.example.\n\nOriginal message headers:\nSubject: Offer\nOur own words.',
    ],
  ])('removes the copy below a report of %s', (_, text) => {
    const given = message(plain(text), SERVER);

    const { text: read, isShortened } = readMessage(
      given,
      new Map(),
      mailContexts([given], new Map())(given),
    );

    expect(read).toContain('lena@x.example');
    expect(read).not.toContain('Our own words');
    expect(isShortened).toBe(true);
    expect(readMessage(given, new Map(), null).text).toContain('Our own words');
  });

  test('keeps the copy if a person sent the mail', () => {
    const given = message(plain('See:\n--- Original message follows\nOur own words.'), {
      From: 'lena@x.example',
    });

    expect(readMessage(given, new Map(), mailContexts([given], new Map())(given)).text).toContain('Our own');
  });
});

test('readMessage reads a delivery report inside a nested part', () => {
  const report = {
    ...part('message/delivery-status', ''),
    parts: [
      part('text/plain', `${STATUS}Final-Recipient: rfc822;lena@x.example\nAction: failed\nStatus: 5.1.1\n`),
    ],
  };

  expect(read('Failed.', report)).toBe('Failed.\n\nlena@x.example: failed 5.1.1');
});

// Postfix and Exchange write the reason into the text for people, too.
test('readMessage adds nothing if the text already contains the recipient and the reason', () => {
  const text = '<lena@x.example>: host mx.x.example said: 550 5.1.1 User unknown\n(in reply to RCPT)';

  expect(
    read(
      text,
      part(
        'message/delivery-status',
        `${STATUS}Final-Recipient: rfc822; lena@x.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown (delivery attempts: 1)\n`,
      ),
    ),
  ).toBe(text);
});

test('readMessage returns at most 20 recipients of a very long delivery report', () => {
  const one = 'Final-Recipient: rfc822;lena@x.example\nAction: failed\nStatus: 5.1.1\n\n';
  const started = process.cpuUsage();

  const text = read(
    'Failed.',
    part('message/delivery-status', one.repeat(10_000) + '\n \n:'.repeat(200_000)),
  );

  expect(text.split('\n')).toHaveLength(22);
  expect(process.cpuUsage(started).user).toBeLessThan(1_500_000);
});
