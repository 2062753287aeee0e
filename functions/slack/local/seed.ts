import { ada, grace, type Person } from '../../../local/providers/harbor-bikes.ts';
import { sectionsOf } from './canvases.ts';
import { CANVAS_NOTES, momentAgo, READ_MARKS, STORY } from './story.ts';
import { type Channel, type Member, readerKey, type Workspace } from './workspace.ts';

export const ADA_ID = 'U0HARBORADA';
export const GRACE_ID = 'U0HARBORGRC';
const JONAS_ID = 'U0HARBORJON';
const BOT_ID = 'U0HARBORBOT';
const FORMER_ID = 'U0HARBOROLD';
const FOUNDED = Date.UTC(2024, 2, 4) / 1_000;

const members: Member[] = [
  { ...employee(ada, ADA_ID, 'Owner'), isAdmin: true },
  employee(grace, GRACE_ID, 'Workshop lead'),
  employee(
    { name: 'Jonas Keller', handle: 'jonas', email: 'jonas@harborbikes.example' },
    JONAS_ID,
    'Mechanic',
  ),
  {
    ...employee({ name: 'Parts Watch', handle: 'parts_watch', email: '' }, BOT_ID, ''),
    email: null,
    isBot: true,
  },
  {
    ...employee(
      { name: 'Ada Marsh', handle: 'ada.marsh', email: 'marsh@harborbikes.example' },
      FORMER_ID,
      'Former apprentice',
    ),
    isDeleted: true,
  },
];
const everyone = [ADA_ID, GRACE_ID, JONAS_ID, BOT_ID];

const channels: Channel[] = [
  channel('C0HARBORGEN', 'general', 'Everything for everyone', everyone),
  channel('C0HARBORRND', 'random', 'Anything else', everyone),
  channel('C0HARBORSAL', 'sales', 'Offers, leases and fleets', everyone),
  channel('C0HARBORSUP', 'support', 'Repairs and unhappy customers', everyone),
  {
    ...channel('C0HARBORALR', 'alerts', '', everyone),
    purpose: 'Incidents of the online shop',
  },
  { ...channel('D0HARBORADJ', 'direct message', '', [ADA_ID, JONAS_ID]), kind: 'im' },
  { ...channel('D0HARBORPRT', 'parts watch', '', [ADA_ID, BOT_ID]), kind: 'im' },
  { ...channel('D0HARBOROLD', 'former apprentice', '', [ADA_ID, FORMER_ID]), kind: 'im' },
  { ...channel('G0HARBORGRP', 'mpdm-ada--grace--jonas-1', '', [ADA_ID, GRACE_ID, JONAS_ID]), kind: 'mpim' },
  channel('C0HARBORWRK', 'workshop', 'Unit 7: lifts, rota, parts', [GRACE_ID, JONAS_ID, BOT_ID]),
  { ...channel('C0HARBORFND', 'founders', 'Money and landlords', [ADA_ID]), kind: 'private_channel' },
  { ...channel('C0HARBORSUM', 'summer-sale', 'Summer sale 2026', everyone), isArchived: true },
];

/** Returns the initial workspace of Harbor Bikes. */
export function seed(): Workspace {
  const workspace: Workspace = {
    team: { id: 'T0HARBORBIK', name: 'Harbor Bikes', domain: 'harborbikes' },
    members: structuredClone(members),
    channels: structuredClone(channels),
    bots: [{ id: 'B0HARBORPAG', name: 'Pager' }],
    messages: [],
    scheduled: [],
    canvases: [],
    lastRead: {},
    muted: [readerKey(ADA_ID, channelId('random'))],
    serial: 0,
  };
  for (const { ago, by, channel: name, text, replies = [], subtype = null, more = {} } of STORY) {
    const ts = tsAgo(...ago);
    const message = {
      channelId: channelId(name),
      ts,
      userId: memberId(by),
      text,
      threadTs: null,
      subtype,
      more,
    };
    workspace.messages.push(message);
    for (const reply of replies)
      workspace.messages.push({
        ...message,
        ts: tsAgo(...reply.ago),
        userId: memberId(reply.by),
        text: reply.text,
        threadTs: ts,
        subtype: null,
        more: reply.more ?? {},
      });
  }
  workspace.messages.sort((one, other) => Number(one.ts) - Number(other.ts));
  for (const { by, channel: name, until } of READ_MARKS)
    workspace.lastRead[readerKey(memberId(by) ?? '', channelId(name))] = tsAgo(...until);
  for (const { id, title, markdown, editors } of CANVAS_NOTES)
    workspace.canvases.push({
      id,
      title,
      sections: sectionsOf(markdown, workspace),
      readerIds: [ADA_ID, GRACE_ID, JONAS_ID],
      editorIds: editors.flatMap((handle) => memberId(handle) ?? []),
    });
  return workspace;
}

function employee({ name, handle, email }: Omit<Person, 'identifier'>, id: string, title: string): Member {
  return { id, handle, name, title, email, isAdmin: false, isBot: false, isDeleted: false };
}

function channel(id: string, name: string, topic: string, memberIds: string[]): Channel {
  return {
    id,
    name,
    kind: 'public_channel',
    topic,
    purpose: '',
    memberIds,
    isArchived: false,
    created: FOUNDED,
  };
}

function channelId(name: string): string {
  return channels.find((candidate) => candidate.name === name)?.id ?? '';
}

function memberId(handle: string | null): string | null {
  return members.find((member) => member.handle === handle)?.id ?? null;
}

/** Returns the `ts` of a message that was posted this many days ago. @param time the time of day in UTC */
export function tsAgo(days: number, time: string): string {
  return `${momentAgo(days, time) / 1_000}.000100`;
}
