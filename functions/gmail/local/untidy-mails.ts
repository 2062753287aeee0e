import { mailTime } from '../../../local/providers/story-time.ts';
import type { Mail } from './mailbox.ts';
import { file, type GmailPart, html, multi, part, plain } from './mime-parts.ts';

// Realistic e-mails. A program that reads only their plain text loses or misunderstands some of the content.
const FAIR_HEAD = `From: Nora Lund <nora@boatfair.example>
Date: Mon, Nov 2, 2026 at 10:12 AM
Subject: Stand at the fair
To: Jonas Keller <jonas@harborbikes.example>`;
const JONAS = 'Jonas Keller <jonas@harborbikes.example>';
const READ = ['INBOX'];
// Russian text in KOI8-R, as base64.
const RACE_MOVED = '58/Oy8Eg0MXSxc7F08XOwSDOwSDXz9PL0sXTxc7YxS4=';
const icalTime = (written: string) => mailTime(written).replace(/[-:]/g, '');

const OUTLOOK_FORWARD = `<p>Please answer this complaint.</p><div style="border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Ella Marsh &lt;ella@marsh.example&gt;<br><b>Sent:</b> Tuesday, November 3, 2026 9:30 AM<br><b>To:</b> Workshop<br><b>Subject:</b> Broken frame</p></div><p>The frame broke on the second day, and I want my 640 EUR back.</p>`;
const CRANE = `BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VEVENT
UID:crane@northport.example
DTSTART:${icalTime('2026-11-27T08:00:00Z')}
DTEND:${icalTime('2026-11-27T09:30:00Z')}
SUMMARY:Crane for the new racks
LOCATION:Quay 3\\, gate B
END:VEVENT
END:VCALENDAR
`.replaceAll('\n', '\r\n');
const TIDES =
  '<p>The tide tables of next quarter:</p><table><tr><th>Month</th><th>Highest</th></tr><tr><td>January</td><td>4.1 m</td></tr></table>';

export const untidyMails: Mail[] = [
  {
    id: '19e5a1c0ada00101',
    from: JONAS,
    subject: 'Fwd: Stand at the fair',
    body: '',
    date: '2026-11-02T11:00:00Z',
    labels: READ,
    payload: plain(
      `Shall we?\r\n\r\n---------- Forwarded message ---------\r\n${FAIR_HEAD}\r\n\r\nA stand of 12 m² costs 900 EUR.\r\n`,
    ),
  },
  {
    id: '19e5a1c0ada00102',
    from: JONAS,
    subject: 'Fwd: Stand at the fair',
    body: '',
    date: '2026-11-02T11:05:00Z',
    labels: READ,
    payload: plain(
      `And this.\n\nBegin forwarded message:\n\n${FAIR_HEAD}\n\nPower is 40 EUR a day.\n\nSent from my iPhone`,
    ),
  },
  {
    id: '19e5a1c0ada00103',
    from: 'Grace Lindqvist <grace@harborbikes.example>',
    subject: 'FW: Broken frame',
    body: '',
    date: '2026-11-03T10:00:00Z',
    labels: READ,
    payload: multi('alternative', plain('Please answer this complaint.'), html(OUTLOOK_FORWARD)),
  },
  {
    id: '19e5a1c0ada00104',
    from: 'Tomas Berg <tomas@berg-family.example>',
    subject: 'Fw: Your receipt',
    body: '',
    date: '2026-11-04T18:00:00Z',
    labels: READ,
    payload: html(
      '<div>Is this right?</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>----- Forwarded Message -----</div><div>From: Harbor Bikes</div><div>Subject: Your receipt</div><div><br></div><div>Repair 5120: 74.50 EUR</div></div>',
    ),
  },
  {
    id: '19e5a1c0ada00105',
    from: 'City Ferries <news@cityferries.example>',
    subject: 'New fares for bikes',
    body: '',
    date: '2026-11-05T06:00:00Z',
    labels: [...READ, 'CATEGORY_PROMOTIONS'],
    payload: multi(
      'alternative',
      plain('This mail is in HTML. View it in your browser: https://cityferries.example/m/81'),
      html(
        '<div style="display:none;max-height:0">Read on &zwnj;&nbsp;&zwnj;&nbsp;</div><table><tr><td style="font-size:0"><div style="font-size:14px"><h1>New fares</h1><p>From {2026-12-01} a bike costs 2.50 EUR. <a href="https://cityferries.example/fares">All fares</a></p></div></td></tr></table>',
      ),
    ),
    headers: [
      [
        'Authentication-Results',
        'mx.google.com; dkim=pass header.i=@mail.cityferries.example header.s=s1 header.b="pQ/9xYzK"; spf=pass smtp.mailfrom=b@mail.cityferries.example; dmarc=pass header.from=cityferries.example',
      ],
      [
        'DKIM-Signature',
        'v=1; a=rsa-sha256; c=relaxed/relaxed; d=mail.cityferries.example; s=s1; h=from:to:subject:list-unsubscribe:list-unsubscribe-post; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=pQ/9xYzKm2Lw0vTn',
      ],
      ['List-Unsubscribe', '<https://cityferries.example/leave/81>'],
      ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
    ],
  },
  {
    id: '19e5a1c0ada00106',
    from: 'Rowing Club <club@rowers.example>',
    subject: '[rowers] Regatta',
    body: '',
    date: '2026-11-06T19:00:00Z',
    labels: READ,
    payload: multi(
      'mixed',
      html('<p>The regatta is moved to Sunday.</p>'),
      plain('_______________\nRowers mailing list\nhttps://lists.rowers.example/'),
    ),
    headers: [
      ['List-Id', 'Rowing Club <rowers.lists.rowers.example>'],
      ['Precedence', 'list'],
    ],
  },
  {
    id: '19e5a1c0ada00107',
    from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
    subject: 'Delivery Status Notification (Failure)',
    body: '',
    date: '2026-11-07T09:00:00Z',
    labels: READ,
    payload: multi(
      'report',
      multi('alternative', plain('The address old@cityferries.example was not found.')),
      part('message/delivery-status', 'Action: failed\nStatus: 5.1.1\n'),
      { ...part('message/rfc822', ''), parts: [plain('Dear Lena, here is our offer.')] },
    ),
  },
  {
    id: '19e5a1c0ada00108',
    from: 'Port Authority <crane@northport.example>',
    subject: 'Invitation: Crane for the new racks',
    body: '',
    date: '2026-11-08T08:00:00Z',
    labels: READ,
    payload: multi(
      'mixed',
      multi('alternative', part('text/calendar', CRANE)),
      file('application/pdf', '', 'ANGjdJ8crane'),
    ),
  },
  {
    id: '19e5a1c0ada00109',
    from: 'Werft Süd <werft@sued.example>',
    subject: 'Größen',
    body: '',
    date: '2026-11-08T12:00:00Z',
    labels: READ,
    payload: part('text/plain', Buffer.from('Die Größe ist für Räder bis 28 Zoll.', 'latin1'), {
      'Content-Type': 'text/plain; charset="iso-8859-1"',
    }),
  },
  {
    id: '19e5a1c0ada0010a',
    from: 'Tide Office <tables@tides.example>',
    subject: 'Tide tables',
    body: '',
    date: '2026-11-08T13:00:00Z',
    labels: READ,
    // Gmail returns a large body only by attachment ID.
    payload: { ...html(''), body: { size: TIDES.length, attachmentId: 'ANGjdJ8tides' } },
    files: { ANGjdJ8tides: TIDES },
  },
  {
    id: '19e5a1c0ada0010b',
    from: 'Freja Holm <freja@nordhavn.example>',
    subject: 'VS: Tilbud på stativer',
    body: '',
    date: '2026-11-09T10:00:00Z',
    labels: READ,
    payload: plain(
      'Se venligst nedenfor.\n\n-- \nFreja Holm\nNordhavn\n\nFra: Lars Dam <lars@stativ.example>\nSendt: 8. november 2026 16:20\nTil: Freja Holm\nEmne: Tilbud på stativer\n\nTo stativer koster 260 EUR.',
    ),
    headers: [['In-Reply-To', '<offer-81@stativ.example>']],
  },
  {
    id: '19e5a1c0ada0010c',
    from: 'MAILER-DAEMON@mx.stativ.example',
    subject: 'failure notice',
    body: '',
    date: '2026-11-09T11:00:00Z',
    labels: READ,
    payload: plain(
      'Hi. This is the qmail-send program at mx.stativ.example.\n\n<lars@stativ.example>:\nmailbox is full\n\n--- Below this line is a copy of the message.\n\nFrom: Ada Okafor\nSubject: Stativer\n\nWe take two of them.',
    ),
    headers: [['Return-Path', '<>']],
  },
  {
    id: '19e5a1c0ada0010d',
    from: 'Rowers <rowers-request@lists.regatta.example>',
    subject: 'Rowers Digest, Vol 12, Issue 3',
    body: '',
    date: '2026-11-09T12:00:00Z',
    labels: READ,
    payload: multi(
      'mixed',
      plain('Two topics today.'),
      multi(
        'digest',
        inDigest('Boat house key', plain('The key is under the mat.')),
        // This part declares no charset.
        inDigest('Regatta', part('text/plain', Buffer.from(RACE_MOVED, 'base64'))),
      ),
    ),
    headers: [
      ['List-Id', '<rowers.lists.regatta.example>'],
      ['Precedence', 'list'],
    ],
  },
];

/** Returns a mail in a digest, in Gmail's form. */
function inDigest(subject: string, inner: GmailPart): GmailPart {
  const headers = [...inner.headers, { name: 'Subject', value: subject }];
  return { ...part('message/rfc822', ''), parts: [{ ...inner, headers }] };
}
