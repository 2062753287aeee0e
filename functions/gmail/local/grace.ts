import { grace } from '../../../local/providers/harbor-bikes.ts';
import { labels, type Mail, type MailboxFilter } from './mailbox.ts';

export const graceLabels = labels(grace, { Label_repairs: 'Repairs', Label_training: 'Training' });

export const graceFilters: MailboxFilter[] = [
  { from: 'otto@fixedgear.example', addLabelIds: ['Label_repairs'] },
  { from: 'courses@wrenchschool.example', addLabelIds: ['Label_training'], removeLabelIds: ['INBOX'] },
];

export const graceMailbox: Mail[] = [
  {
    id: '19e5a1c0face0001',
    from: 'Ada Okafor <ada@harborbikes.example>',
    subject: 'Ferry staff bikes',
    body: 'Grace, City Ferries want twelve bikes from January. Do we have the workshop hours for the fitting?',
    date: '2026-11-20T08:10:00Z',
    labels: ['INBOX', 'UNREAD'],
  },
  {
    id: '19e5a1c0face0002',
    from: 'Otto Lind <otto@fixedgear.example>',
    subject: 'Repair ticket 5133',
    body: 'Hello Grace, may I bring my bike on Monday instead of Tuesday? Otto',
    date: '2026-11-19T18:44:00Z',
    labels: ['INBOX', 'UNREAD', 'Label_repairs'],
  },
  {
    id: '19e5a1c0face0003',
    thread: '19e5a1c0face0002',
    from: 'Otto Lind <otto@fixedgear.example>',
    subject: 'Re: Repair ticket 5133',
    body: 'Monday at ten would be best. Otto',
    date: '2026-11-19T18:50:00Z',
    labels: ['INBOX', 'UNREAD', 'Label_repairs'],
  },
  {
    id: '19e5a1c0face0004',
    from: 'Tool Library <desk@toollibrary.example>',
    subject: 'Your torque wrench is ready',
    body: 'The torque wrench you asked for is ready to be picked up.',
    date: '2026-11-17T09:00:00Z',
    labels: ['INBOX'],
  },
  {
    id: '19e5a1c0face0005',
    from: 'Workshop School <courses@wrenchschool.example>',
    subject: 'Your seat in the suspension course',
    body: 'Your seat in the suspension course on {2026-12-08} is confirmed.',
    date: '2026-11-12T11:30:00Z',
    labels: ['INBOX', 'Label_training'],
  },
];
