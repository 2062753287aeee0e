import { ada } from '../../../local/providers/harbor-bikes.ts';
import { FERRY_MAIL, NEWS_HEADERS, NEWS_HTML, PRIZE_HEADERS } from './ada-originals.ts';
import { labels, type Mail, type MailboxFilter } from './mailbox.ts';
import { untidyMails } from './untidy-mails.ts';
import { waitingMails } from './waiting-mails.ts';

export const adaLabels = labels(ada, { Label_suppliers: 'Suppliers', Label_invoices: 'Invoices' });

export const adaFilters: MailboxFilter[] = [
  { from: 'orders@boltchain.example', addLabelIds: ['Label_suppliers'] },
  { from: 'billing@northport.example', addLabelIds: ['Label_invoices', 'IMPORTANT'] },
  { from: 'winner@luckywheel.example', addLabelIds: ['TRASH'], removeLabelIds: ['INBOX'] },
  // This filter forwards the bills of the power company to the accountant.
  { from: 'bills@northportpower.example', forward: 'receipts@ledgerline.example' },
];

export const adaMailbox: Mail[] = [
  {
    id: '19e5a1c0ada00001',
    from: 'Marta Silva <marta@tidewheel.example>',
    subject: 'Quote for 40 wheelsets',
    body: 'Hello Ada, here is our quote for 40 wheelsets: 112 EUR each, delivery in three weeks. It is valid until {2026-11-30}. Marta',
    date: '2026-11-09T08:12:00Z',
    labels: ['INBOX', 'Label_suppliers'],
  },
  {
    id: '19e5a1c0ada00002',
    thread: '19e5a1c0ada00001',
    from: 'Marta Silva <marta@tidewheel.example>',
    subject: 'Re: Quote for 40 wheelsets',
    body: 'One more thing: with 60 wheelsets the price goes down to 104 EUR. Shall I change the quote? Marta',
    date: '2026-11-12T14:40:00Z',
    labels: ['INBOX', 'UNREAD', 'Label_suppliers'],
  },
  {
    id: '19e5a1c0ada00003',
    thread: '19e5a1c0ada00001',
    from: 'Marta Silva <marta@tidewheel.example>',
    subject: 'Re: Quote for 40 wheelsets',
    body: `Hello Ada, did you have time to look at this? The quote ends on {2026-11-30}.
Marta

-- 
Marta Silva
Tidewheel, wheels since 1988

On {2026-11-12} at 14:40, Marta Silva <marta@tidewheel.example> wrote:
> One more thing: with 60 wheelsets the price goes down to 104 EUR.
> Shall I change the quote?`,
    date: '2026-11-19T09:05:00Z',
    labels: ['INBOX', 'UNREAD', 'Label_suppliers'],
    headers: [['In-Reply-To', '<19e5a1c0ada00002@mail.harborbikes.example>']],
  },
  {
    id: '19e5a1c0ada00004',
    from: 'Grace Lindqvist <grace@harborbikes.example>',
    subject: 'Workshop rota for next month',
    body: 'Here is a first rota for next month. Jonas is away in the second week, so I moved the fleet service to {2026-12-14}. Is that fine?',
    date: '2026-11-20T07:55:00Z',
    labels: ['INBOX', 'UNREAD'],
  },
  {
    id: '19e5a1c0ada00005',
    from: 'Port Authority <billing@northport.example>',
    subject: 'Invoice NP-2211',
    body: 'Your invoice NP-2211 over 1,480.00 EUR for the rent of unit 7 is due on {2026-12-05}.',
    date: '2026-11-20T06:30:00Z',
    labels: ['INBOX', 'UNREAD', 'Label_invoices'],
  },
  {
    id: '19e5a1c0ada00006',
    from: 'Lena Fuchs <lena@cityferries.example>',
    cc: 'Piet Haan <piet@cityferries.example>, Harbor Bikes Sales <sales@harborbikes.example>',
    subject: 'Twelve bikes for our ferry staff',
    body: 'Hello, we would like to lease twelve bikes for our staff from January. Could you send an offer by Wednesday? Lena Fuchs, City Ferries',
    date: '2026-11-19T16:20:00Z',
    labels: ['INBOX', 'UNREAD', 'IMPORTANT'],
    raw: FERRY_MAIL,
  },
  {
    id: '19e5a1c0ada00007',
    thread: '19e5a1c0ada00006',
    from: 'Lena Fuchs <lena@cityferries.example>',
    subject: 'Re: Twelve bikes for our ferry staff',
    body: 'And could three of them have a child seat? Lena',
    date: '2026-11-19T17:02:00Z',
    labels: ['INBOX', 'UNREAD', 'IMPORTANT'],
  },
  {
    id: '19e5a1c0ada00008',
    from: 'Bolt & Chain Parts <orders@boltchain.example>',
    subject: 'Order 88317 has left our warehouse',
    body: 'Your order 88317 (24 chains, 60 brake pads) left our warehouse today. It should arrive on Monday.',
    date: '2026-11-18T11:45:00Z',
    labels: ['INBOX', 'UNREAD', 'Label_suppliers'],
  },
  {
    id: '19e5a1c0ada00009',
    from: 'Tomas Berg <tomas@berg-family.example>',
    subject: 'My bike is not ready?',
    body: 'I was promised my bike for Tuesday. It is Wednesday now and nobody answers the phone. Repair ticket 5120. Tomas Berg',
    date: '2026-11-18T09:15:00Z',
    labels: ['INBOX', 'UNREAD', 'IMPORTANT'],
  },
  {
    id: '19e5a1c0ada0000a',
    from: 'Harbor Insurance <service@quayinsure.example>',
    subject: 'Your policy renews soon',
    body: 'Your business policy renews on {2027-01-01}. Please tell us by {2026-12-15} if the value of your stock has changed.',
    date: '2026-11-17T10:00:00Z',
    labels: ['INBOX', 'UNREAD'],
  },
  {
    id: '19e5a1c0ada0000b',
    from: 'Cycle Trade News <news@cycletrade.example>',
    subject: 'Five trends for next spring',
    body: 'Cargo bikes, belt drives, and three more things that workshops should prepare for. Read the whole article on our site.',
    date: '2026-11-16T05:00:00Z',
    labels: ['INBOX', 'UNREAD', 'CATEGORY_PROMOTIONS'],
    html: NEWS_HTML,
    headers: NEWS_HEADERS,
  },
  {
    id: '19e5a1c0ada0000c',
    from: 'Jonas Keller <jonas@harborbikes.example>',
    subject: 'Broken bike lift',
    body: 'The second lift does not hold any more. I have put a sign on it. Can we get a technician this week?',
    date: '2026-11-16T13:31:00Z',
    labels: ['INBOX', 'UNREAD'],
  },
  {
    id: '19e5a1c0ada0000d',
    from: 'Accounts <hello@ledgerline.example>',
    subject: 'Receipts missing',
    body: 'We still miss four receipts of last month. Please upload them so that we can close the month.',
    date: '2026-11-13T08:00:00Z',
    labels: ['INBOX', 'UNREAD', 'Label_invoices'],
  },
  {
    id: '19e5a1c0ada0000e',
    from: 'Priya Nair <priya@greencampus.example>',
    subject: 'Repair day at the campus',
    body: 'Hello Ada, would Harbor Bikes like to run a repair stand on our campus on {2026-12-03}? Last year 80 students came. Priya',
    date: '2026-11-11T15:10:00Z',
    labels: ['INBOX', 'UNREAD'],
  },
  {
    id: '19e5a1c0ada0000f',
    from: 'Town Council <permits@northport-council.example>',
    subject: 'Permit for the parking racks',
    body: 'Your application for two bike racks in front of unit 7 has been approved. The permit is valid from {2026-12-01}.',
    date: '2026-11-10T12:00:00Z',
    labels: ['INBOX', 'UNREAD'],
  },
  {
    id: '19e5a1c0ada00010',
    from: 'Jonas Keller <jonas@harborbikes.example>',
    subject: 'Stock count',
    body: 'Stock count is done: 31 city bikes, 9 cargo bikes, 14 kids bikes.',
    date: '2026-11-06T17:00:00Z',
    labels: ['INBOX'],
  },
  {
    id: '19e5a1c0ada00011',
    from: 'Bolt & Chain Parts <orders@boltchain.example>',
    subject: 'Order 88102 has been delivered',
    body: 'Your order 88102 was delivered on {2026-11-04}.',
    date: '2026-11-04T10:20:00Z',
    labels: ['INBOX', 'Label_suppliers'],
  },
  {
    id: '19e5a1c0ada00012',
    from: 'Ada Okafor <ada@harborbikes.example>',
    to: 'workshop@harborbikes.example',
    subject: 'Saturday opening',
    body: 'Team, we open at nine on Saturday because of the market. Ada',
    date: '2026-11-05T09:00:00Z',
    labels: ['SENT'],
  },
  {
    id: '19e5a1c0ada00013',
    from: 'Mega Prize <winner@luckywheel.example>',
    subject: 'You have won a bike!',
    body: 'Click now to claim your prize.',
    date: '2026-11-15T03:00:00Z',
    labels: ['UNREAD', 'TRASH'],
    headers: PRIZE_HEADERS,
  },
  ...untidyMails,
  ...waitingMails,
];
