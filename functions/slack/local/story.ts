interface Posted {
  at: string;
  /** The handle of the member. */
  by: string;
  text: string;
}

interface Entry extends Posted {
  channel: string;
  replies?: Posted[];
  subtype?: string;
}

/** What is in the channels; ferries, wheelsets and tickets are those of the mailboxes. */
export const STORY: readonly Entry[] = [
  {
    at: '2026-06-01T08:00:00Z',
    by: 'ada',
    channel: 'summer-sale',
    text: 'Summer sale starts today: 15% off city bikes.',
  },
  {
    at: '2026-11-16T13:35:00Z',
    by: 'jonas',
    channel: 'workshop',
    text: 'The second lift does not hold any more.',
  },
  {
    at: '2026-11-17T07:02:00Z',
    by: 'jonas',
    channel: 'general',
    text: '<@U0HARBORJON> has joined the channel',
    subtype: 'channel_join',
  },
  {
    at: '2026-11-17T08:00:00Z',
    by: 'grace',
    channel: 'general',
    text: '<!channel> A technician looks at the lift on Thursday. Repairs &gt; 1 hour go to the first lift until then.',
  },
  {
    at: '2026-11-18T09:30:00Z',
    by: 'grace',
    channel: 'support',
    text: 'Tomas Berg is waiting for repair ticket 5120, promised for Tuesday. <@U0HARBORJON> where is it?',
    replies: [
      {
        at: '2026-11-18T09:41:00Z',
        by: 'jonas',
        text: 'The brake pads are in order 88317, which has only left the warehouse. Friday at the latest.',
      },
      {
        at: '2026-11-18T09:44:00Z',
        by: 'ada',
        text: 'I call him. <@U0HARBORGRC> please give him a loan bike.',
      },
      { at: '2026-11-18T10:15:00Z', by: 'grace', text: 'He has the blue one.' },
    ],
  },
  {
    at: '2026-11-18T11:46:00Z',
    by: 'parts_watch',
    channel: 'support',
    text: 'Order 88317 of Bolt &amp; Chain Parts has shipped: <https://boltchain.example/orders/88317|track it>',
  },
  {
    at: '2026-11-19T10:00:00Z',
    by: 'ada',
    channel: 'founders',
    text: 'Tidewheel offers 104 EUR a wheelset for 60. The quote ends on 30 November.',
  },
  {
    at: '2026-11-19T16:32:00Z',
    by: 'ada',
    channel: 'sales',
    text: 'City Ferries want to lease 12 bikes from January, three with a child seat. Offer is due on Wednesday.',
    replies: [
      {
        at: '2026-11-19T16:50:00Z',
        by: 'grace',
        text: 'We have 31 city bikes. <@U0HARBORADA> which frame sizes do they need?',
      },
      { at: '2026-11-20T07:30:00Z', by: 'jonas', text: 'Child seats: two in stock, one to order.' },
    ],
  },
  {
    at: '2026-11-20T08:05:00Z',
    by: 'jonas',
    channel: 'sales',
    text: '<@U0HARBORADA> the fitting of 12 bikes takes about 18 hours, see <#C0HARBORWRK|workshop>.',
  },
  {
    at: '2026-11-20T09:20:00Z',
    by: 'grace',
    channel: 'general',
    text: 'December rota is out. <@U0HARBORADA> is Green Campus on 3 December fixed? Ask <mailto:priya@greencampus.example|priya@greencampus.example>.',
  },
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
