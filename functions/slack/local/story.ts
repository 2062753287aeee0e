import { timeAt } from '../../../local/providers/story-time.ts';
import { ALERTS } from './alerts.ts';
import { type Entry, person, richText, section } from './message-parts.ts';

/**
 * Returns a time this many days before today, in milliseconds since 1970.
 * @param time the time of day in UTC, such as `09:30`
 */
export function momentAgo(days: number, time: string): number {
  return Date.parse(timeAt(-days, time));
}

/** The messages in the channels. They mention the same ferries, wheelsets and tickets as the mailboxes. */
export const STORY: readonly Entry[] = [
  {
    ago: [150, '08:00'],
    by: 'ada',
    channel: 'summer-sale',
    text: 'Summer sale starts today: 15% off city bikes.',
  },
  {
    // This thread lasts for weeks.
    ago: [24, '10:00'],
    by: 'grace',
    channel: 'workshop',
    text: 'Which crane do we rent for the ferry bikes?',
    replies: [
      { ago: [23, '09:00'], by: 'jonas', text: 'The small one of Dockside lifts 200 kg.' },
      { ago: [12, '14:10'], by: 'grace', text: 'Dockside is booked until the end of the month.' },
      { ago: [1, '15:20'], by: 'jonas', text: 'Dockside called: the crane is free on Tuesday.' },
    ],
  },
  {
    ago: [5, '13:35'],
    by: 'jonas',
    channel: 'workshop',
    text: 'The second lift does not hold any more.',
    more: { edited: { user: 'U0HARBORJON', ts: '1700000000.000000' } },
  },
  {
    ago: [4, '07:02'],
    by: 'jonas',
    channel: 'general',
    text: '<@U0HARBORJON> has joined the channel',
    subtype: 'channel_join',
  },
  {
    ago: [4, '08:00'],
    by: 'grace',
    channel: 'general',
    text: '<!channel> A technician looks at the lift on Thursday. Repairs &gt; 1 hour go to the first lift until then.',
  },
  {
    ago: [3, '09:30'],
    by: 'grace',
    channel: 'support',
    text: 'Tomas Berg is waiting for repair ticket 5120, promised for Tuesday. <@U0HARBORJON> where is it?',
    replies: [
      {
        ago: [3, '09:41'],
        by: 'jonas',
        text: 'The brake pads are in order 88317, which has only left the warehouse. Friday at the latest.',
      },
      { ago: [3, '09:44'], by: 'ada', text: 'I call him. <@U0HARBORGRC> please give him a loan bike.' },
      { ago: [3, '10:15'], by: 'grace', text: 'He has the blue one.' },
    ],
  },
  {
    ago: [3, '11:46'],
    by: 'parts_watch',
    channel: 'support',
    text: 'Order 88317 of Bolt &amp; Chain Parts has shipped: <https://boltchain.example/orders/88317|track it>',
  },
  {
    ago: [2, '10:00'],
    by: 'ada',
    channel: 'founders',
    text: 'Tidewheel offers 104 EUR a wheelset for 60. The quote ends in ten days.',
  },
  {
    ago: [2, '16:32'],
    by: 'ada',
    channel: 'sales',
    text: 'City Ferries want to lease 12 bikes from January, three with a child seat. Offer is due on Wednesday.',
    replies: [
      {
        ago: [2, '16:50'],
        by: 'grace',
        text: 'We have 31 city bikes. <@U0HARBORADA> which frame sizes do they need?',
      },
      { ago: [1, '07:30'], by: 'jonas', text: 'Child seats: two in stock, one to order.' },
    ],
  },
  {
    ago: [1, '08:05'],
    by: 'jonas',
    channel: 'sales',
    text: '<@U0HARBORADA> the fitting of 12 bikes takes about 18 hours, see <#C0HARBORWRK|workshop>.',
    more: {
      blocks: [
        richText(
          person('U0HARBORADA'),
          { type: 'text', text: ' the fitting of 12 bikes takes about 18 hours, see ' },
          { type: 'channel', channel_id: 'C0HARBORWRK' },
          { type: 'text', text: '.' },
        ),
      ],
    },
  },
  {
    ago: [1, '09:20'],
    by: 'grace',
    channel: 'general',
    text: 'The next rota is out. <@U0HARBORADA> is Green Campus fixed? Ask <mailto:priya@greencampus.example|priya@greencampus.example>.',
  },
  {
    ago: [1, '09:40'],
    by: 'jonas',
    channel: 'direct message',
    text: '<@U0HARBORADA> the blue loan bike is back.',
  },
  {
    // The author's account was deactivated after this message, so nobody can open the conversation.
    ago: [60, '12:00'],
    by: 'ada.marsh',
    channel: 'former apprentice',
    text: 'Thank you for everything!',
  },
  {
    ago: [1, '06:00'],
    by: 'parts_watch',
    channel: 'parts watch',
    text: 'Reminder: <https://boltchain.example/orders|two orders> wait for your approval.',
  },
  {
    ago: [2, '12:00'],
    by: 'jonas',
    channel: 'mpdm-ada--grace--jonas-1',
    text: 'Who opens on Saturday?',
  },
  {
    ago: [1, '07:40'],
    by: 'grace',
    channel: 'mpdm-ada--grace--jonas-1',
    text: 'I can, but only until noon. After that the door stays shut &amp; the phone is off.',
  },
  {
    ago: [1, '10:00'],
    by: 'grace',
    channel: 'random',
    text: '',
    more: {
      attachments: [
        {
          id: 1,
          ts: '1700000000.000100',
          fallback: 'jonas: The second lift does not hold any more.',
          author_id: 'U0HARBORJON',
          author_name: 'Jonas Keller',
          author_subname: 'jonas',
          channel_id: 'C0HARBORWRK',
          channel_name: 'workshop',
          is_msg_unfurl: true,
          is_share: true,
          from_url: 'https://harborbikes.slack.com/archives/C0HARBORWRK/p1700000000000100',
          message_blocks: [
            {
              channel: 'C0HARBORWRK',
              ts: '1700000000.000100',
              message: { blocks: [section('The second lift does not hold any more.')] },
            },
          ],
          text: 'The second lift does not hold any more.',
          mrkdwn_in: ['text'],
          footer: 'Posted in #workshop',
        },
      ],
    },
  },
  {
    ago: [1, '10:30'],
    by: 'grace',
    channel: 'random',
    text: 'The plan for the ferries',
    more: {
      files: [
        {
          id: 'F0HARBORFER',
          name: 'City_Ferries_lease',
          title: 'City Ferries lease',
          filetype: 'quip',
          mode: 'quip',
        },
        { id: 'F0HARBORPDF', name: 'fitting.pdf', title: 'fitting.pdf', filetype: 'pdf', mode: 'hosted' },
      ],
    },
  },
  {
    ago: [1, '10:45'],
    by: null,
    channel: 'random',
    text: 'This message was deleted.',
    subtype: 'tombstone',
    more: { user: 'USLACKBOT', hidden: true },
    replies: [{ ago: [1, '10:50'], by: 'jonas', text: 'Who deleted it?' }],
  },
  ...ALERTS,
];

/**
 * The last message that a member has read in each channel. If a channel is not in the list, the member has never opened
 * it.
 */
export const READ_MARKS: readonly { by: string; channel: string; until: Entry['ago'] }[] = [
  // She has not read the notice that somebody joined.
  { by: 'ada', channel: 'general', until: [4, '07:00'] },
  { by: 'ada', channel: 'sales', until: [2, '16:32'] },
  { by: 'ada', channel: 'support', until: [3, '11:46'] },
  { by: 'ada', channel: 'founders', until: [2, '10:00'] },
  { by: 'ada', channel: 'alerts', until: [1, '03:12'] },
  { by: 'ada', channel: 'direct message', until: [2, '08:00'] },
  { by: 'ada', channel: 'mpdm-ada--grace--jonas-1', until: [2, '12:00'] },
  { by: 'grace', channel: 'general', until: [1, '09:20'] },
  { by: 'grace', channel: 'sales', until: [2, '16:32'] },
];

export const CANVAS_NOTES = [
  {
    id: 'F0HARBORFER',
    title: 'City Ferries lease',
    editors: ['ada', 'grace'],
    markdown:
      '# City Ferries lease\n\nTwelve bikes from January.\n\n## Open questions\n\nFrame sizes are not known.\n\n## Costs\n\nNot calculated yet.',
  },
  {
    id: 'F0HARBORWRK',
    title: 'Workshop rules',
    editors: ['grace'],
    markdown: '# Workshop rules\n\nThe second lift is out of use.',
  },
] as const;
