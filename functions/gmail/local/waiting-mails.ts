import type { Mail } from './mailbox.ts';

// Threads in which it is hard to see who has to answer: absence notes, delivery reports, tickets, mailing lists and
// copies.
const ADA = 'Ada Okafor <ada@harborbikes.example>';
const READ = ['INBOX'];
const SENT = ['SENT'];

export const waitingMails: Mail[] = [
  // Ada asked a question, and received an absence note.
  {
    id: '19e5a1c0ada00201',
    from: ADA,
    to: '"Lund, Nora" <nora@boatfair.example>, Accounts <hello@ledgerline.example>',
    subject: 'Power for our stand',
    body: 'Nora, can our stand have power from the first day on? Ada',
    date: '2026-11-17T09:30:00Z',
    labels: SENT,
  },
  {
    id: '19e5a1c0ada00202',
    thread: '19e5a1c0ada00201',
    from: 'Nora Lund <nora@boatfair.example>',
    subject: 'Automatic reply: Power for our stand',
    body: 'I am away and will read my mail on {2026-11-24}.',
    date: '2026-11-17T09:30:09Z',
    labels: READ,
    headers: [
      ['Auto-Submitted', 'auto-replied (vacation)'],
      ['X-Auto-Response-Suppress', 'DR, OOF, AutoReply'],
    ],
  },
  // Ada's message was not delivered.
  {
    id: '19e5a1c0ada00203',
    from: ADA,
    to: 'old@cityferries.example',
    subject: 'Keys of the bike shed',
    body: 'Who has the keys of the bike shed at the ferry pier?',
    date: '2026-11-16T15:00:00Z',
    labels: SENT,
  },
  {
    id: '19e5a1c0ada00204',
    thread: '19e5a1c0ada00203',
    from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
    subject: 'Delivery Status Notification (Failure)',
    body: 'The address old@cityferries.example was not found.',
    date: '2026-11-16T15:00:04Z',
    labels: READ,
    headers: [['Return-Path', '<>']],
  },
  // Ada has started to write an answer.
  {
    id: '19e5a1c0ada00205',
    from: 'Otto Lind <otto@fixedgear.example>',
    to: '"Okafor, Ada" <ADA@harborbikes.example>',
    subject: 'Price of a wheel truing',
    body: 'How much is a wheel truing for a fixed gear? It is urgent.',
    date: '2026-11-18T13:00:00Z',
    labels: READ,
  },
  {
    id: '19e5a1c0ada00206',
    thread: '19e5a1c0ada00205',
    from: ADA,
    to: 'otto@fixedgear.example',
    subject: 'Re: Price of a wheel truing',
    body: 'Hello Otto, it costs',
    date: '2026-11-18T14:00:00Z',
    labels: ['DRAFT'],
  },
  // Ada wrote to the suppliers' mailing list. The answer on the list is for her.
  {
    id: '19e5a1c0ada00207',
    from: ADA,
    to: 'Suppliers <suppliers@lists.northport.example>',
    subject: '[suppliers] Storage in December',
    body: 'Has anybody 20 m² of dry storage in December?',
    date: '2026-11-13T10:00:00Z',
    labels: SENT,
  },
  {
    id: '19e5a1c0ada00208',
    thread: '19e5a1c0ada00207',
    from: 'Werft Süd <werft@sued.example>',
    to: 'Suppliers <suppliers@lists.northport.example>',
    subject: 'Re: [suppliers] Storage in December',
    body: 'Yes, hall 4. From which day on, and do you need power?',
    date: '2026-11-13T16:45:00Z',
    labels: [...READ, 'CATEGORY_FORUMS'],
    headers: [
      ['List-Id', 'Suppliers of the port <suppliers.lists.northport.example>'],
      ['Precedence', 'list'],
    ],
  },
  // A message from a web form. The sender is a no-reply address, and the person is in Reply-To.
  {
    id: '19e5a1c0ada00209',
    from: 'Web form <no-reply@harborbikes.example>',
    subject: 'Question from the web site',
    body: 'Name: Ella Marsh. Do you repair carbon frames?',
    date: '2026-11-18T07:20:00Z',
    labels: READ,
    headers: [['Reply-To', 'Ella Marsh <ella@marsh.example>']],
  },
  // Two messages that programs wrote. Only the second message has a header that shows a program as its
  // author.
  {
    id: '19e5a1c0ada0020a',
    from: 'Northport Bank <do-not-reply@bank.example>',
    subject: 'Your statement is ready',
    body: 'Your statement of this month is ready.',
    date: '2026-11-19T04:00:00Z',
    labels: READ,
  },
  {
    id: '19e5a1c0ada0020b',
    from: 'Permit desk <desk@northport-council.example>',
    subject: 'We have received your request [#4471]',
    body: 'Thank you. We answer within three working days.',
    date: '2026-11-18T16:00:00Z',
    labels: READ,
    headers: [['Auto-Submitted', 'auto-generated']],
  },
  // Ada receives only a copy, at an address that forwards to her.
  {
    id: '19e5a1c0ada0020c',
    from: 'Piet Haan <piet@cityferries.example>',
    to: 'Lena Fuchs <lena@cityferries.example>',
    cc: 'Harbor Bikes Sales <sales@harborbikes.example>',
    subject: 'Parking at the pier',
    body: 'Lena, how many bikes can stand at the pier over night?',
    date: '2026-11-19T12:00:00Z',
    labels: READ,
  },
  // Ada's mail to herself, and her mail to an address that no person reads.
  {
    id: '19e5a1c0ada0020d',
    from: ADA,
    subject: 'Remember the tax papers',
    body: 'Folder 7.',
    date: '2026-11-15T20:00:00Z',
    labels: ['SENT', 'INBOX'],
  },
  {
    id: '19e5a1c0ada0020e',
    from: ADA,
    to: 'notifications@tickets.example',
    subject: 'Re: [tickets] Lift 2 (LIFT-12)',
    body: 'Done.',
    date: '2026-11-15T21:00:00Z',
    labels: SENT,
  },
  // Notices from a carrier and from a shop. Only the first has the headers of an e-mail service.
  {
    id: '19e5a1c0ada0020f',
    from: 'Nordfracht <hello@nordfracht.example>',
    subject: 'Your parcel is on its way',
    body: 'Parcel 00340 arrives on {2026-11-24} between 9 and 12.',
    date: '2026-11-18T05:10:00Z',
    labels: READ,
    headers: [
      ['X-SES-Outgoing', '2026.11.18-54.240.1.9'],
      ['Feedback-ID', '1.eu-west-1.Kk3:AmazonSES'],
    ],
  },
  {
    id: '19e5a1c0ada00210',
    from: 'Parkport <receipts@parkport.example>',
    subject: 'Receipt 2214',
    body: 'We have received 18.00 EUR for one day of parking at the pier. Thank you.',
    date: '2026-11-17T18:00:00Z',
    labels: READ,
  },
  // A draft that forwards a question is not an answer to the question.
  {
    id: '19e5a1c0ada00211',
    thread: '19e5a1c0ada0020c',
    from: ADA,
    to: 'jonas@harborbikes.example',
    subject: 'Fwd: Parking at the pier',
    body: 'Jonas, do you know?',
    date: '2026-11-19T12:30:00Z',
    labels: ['DRAFT'],
  },
];
