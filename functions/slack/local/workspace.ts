/** The state of the emulated Slack. Times are in seconds since 1970, or have the format of a `ts`. */
export interface Workspace {
  team: { id: string; name: string; domain: string };
  members: Member[];
  channels: Channel[];
  /** Apps that post messages, but are not members. */
  bots: { id: string; name: string }[];
  /** Oldest first. */
  messages: Message[];
  scheduled: ScheduledMessage[];
  canvases: Canvas[];
  /** The `ts` of the last message that a member has read in a channel, by {@link readerKey}. */
  lastRead: Record<string, string>;
  /** The channels that members have muted, each as {@link readerKey}. */
  muted: string[];
  /** The number of IDs that were created so far. Used to create the next ID. */
  serial: number;
}

export interface Member {
  id: string;
  handle: string;
  name: string;
  title: string;
  email: string | null;
  isAdmin: boolean;
  isBot: boolean;
  isDeleted: boolean;
}

export interface Channel {
  id: string;
  name: string;
  kind: 'public_channel' | 'private_channel' | 'mpim' | 'im';
  topic: string;
  purpose: string;
  memberIds: string[];
  isArchived: boolean;
  created: number;
}

export interface Message {
  channelId: string;
  ts: string;
  /** Null if an app that is not a member posted the message. */
  userId: string | null;
  text: string;
  threadTs: string | null;
  subtype: string | null;
  /** Additional fields of Slack's format, such as `blocks`. */
  more: Readonly<Record<string, unknown>>;
}

interface ScheduledMessage extends Omit<Message, 'ts' | 'subtype' | 'more'> {
  id: string;
  postAt: number;
  dateCreated: number;
}

export interface Canvas {
  id: string;
  title: string;
  sections: { id: string; markdown: string }[];
  readerIds: string[];
  editorIds: string[];
}

export function secondsNow(): number {
  return Math.floor(Date.now() / 1_000);
}

/** Returns a new ID in Slack's format, such as `Q0HARBOR007`. */
export function newId(workspace: Workspace, prefix: string): string {
  workspace.serial += 1;
  return `${prefix}0HARBOR${String(workspace.serial).padStart(3, '0')}`;
}

/** Adds a message after all other messages, with a new `ts`. Returns the message. */
export function addMessage(workspace: Workspace, message: Omit<Message, 'ts'>): Message {
  workspace.serial += 1;
  const newest = Number(workspace.messages.at(-1)?.ts.split('.')[0] ?? 0);
  // Messages of the story may be later than this machine's clock, but the `ts` of a new message must be the latest.
  const seconds = Math.max(secondsNow(), newest);
  const added = { ...message, ts: `${seconds}.${String(workspace.serial).padStart(6, '0')}` };
  workspace.messages.push(added);
  if (added.userId !== null) workspace.lastRead[readerKey(added.userId, added.channelId)] = added.ts;
  return added;
}

/** Returns the key for data about one member in one channel. */
export function readerKey(memberId: string, channelId: string): string {
  return `${memberId} ${channelId}`;
}

/** Posts the scheduled messages that are due. */
export function postDue(workspace: Workspace): void {
  const due = workspace.scheduled.filter(({ postAt }) => postAt <= secondsNow());
  workspace.scheduled = workspace.scheduled.filter((message) => !due.includes(message));
  for (const { channelId, userId, text, threadTs } of due)
    addMessage(workspace, { channelId, userId, text, threadTs, subtype: null, more: {} });
}

/**
 * Returns the channels that a user's token may read: the public channels, and all channels that the user is a member
 * of.
 */
export function readableChannels({ channels }: Workspace, { id }: Member): Channel[] {
  return channels.filter(({ kind, memberIds }) => kind === 'public_channel' || memberIds.includes(id));
}

/**
 * Returns the direct message channel of two users, and creates it if it does not exist. Returns undefined if the other
 * user is not active.
 */
export function directMessages(workspace: Workspace, ownId: string, userId: string): Channel | undefined {
  if (!workspace.members.some(({ id, isDeleted }) => id === userId && !isDeleted)) return undefined;
  const memberIds = [...new Set([ownId, userId])];
  const existing = workspace.channels.find(
    (channel) => channel.kind === 'im' && memberIds.every((id) => channel.memberIds.includes(id)),
  );
  if (existing) return existing;
  const id = newId(workspace, 'D');
  const opened: Channel = {
    id,
    name: id,
    kind: 'im',
    topic: '',
    purpose: '',
    memberIds,
    isArchived: false,
    created: secondsNow(),
  };
  workspace.channels.push(opened);
  return opened;
}

/** Returns the replies in the thread of a message. */
export function repliesTo(workspace: Workspace, { channelId, ts }: Message): Message[] {
  return workspace.messages.filter(
    (reply) => reply.channelId === channelId && reply.threadTs === ts && reply.ts !== ts,
  );
}
