/** The state of the emulated Slack. Times are in seconds since 1970, or a `ts`. */
export interface Workspace {
  team: { id: string; name: string; domain: string };
  members: Member[];
  channels: Channel[];
  /** Apps that post without being members. */
  bots: { id: string; name: string }[];
  /** In the order in which they were posted. */
  messages: Message[];
  scheduled: ScheduledMessage[];
  canvases: Canvas[];
  /** How many IDs were given out. */
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
  kind: 'public_channel' | 'private_channel' | 'im';
  topic: string;
  purpose: string;
  memberIds: string[];
  isArchived: boolean;
  created: number;
}

export interface Message {
  channelId: string;
  ts: string;
  /** Null for an app that is not a member. */
  userId: string | null;
  text: string;
  threadTs: string | null;
  subtype: string | null;
  /** Further fields as Slack sends them, such as `blocks`. */
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

/** An ID as Slack makes them, such as `Q0HARBOR007`. */
export function newId(workspace: Workspace, prefix: string): string {
  workspace.serial += 1;
  return `${prefix}0HARBOR${String(workspace.serial).padStart(3, '0')}`;
}

/** Adds a message as the newest, and gives its `ts`. */
export function addMessage(workspace: Workspace, message: Omit<Message, 'ts'>): Message {
  workspace.serial += 1;
  const newest = Number(workspace.messages.at(-1)?.ts.split('.')[0] ?? 0);
  // Slack's clock never goes back, though that of this machine may be behind the story.
  const seconds = Math.max(secondsNow(), newest);
  const added = { ...message, ts: `${seconds}.${String(workspace.serial).padStart(6, '0')}` };
  workspace.messages.push(added);
  return added;
}

/** Posts what was scheduled for a time that has come. */
export function postDue(workspace: Workspace): void {
  const due = workspace.scheduled.filter(({ postAt }) => postAt <= secondsNow());
  workspace.scheduled = workspace.scheduled.filter((message) => !due.includes(message));
  for (const { channelId, userId, text, threadTs } of due)
    addMessage(workspace, { channelId, userId, text, threadTs, subtype: null, more: {} });
}

/** The channels that a user token may read: the public ones, and those of the user. */
export function readableChannels({ channels }: Workspace, { id }: Member): Channel[] {
  return channels.filter(({ kind, memberIds }) => kind === 'public_channel' || memberIds.includes(id));
}

/** The replies in the thread of a message. */
export function repliesTo(workspace: Workspace, { channelId, ts }: Message): Message[] {
  return workspace.messages.filter(
    (reply) => reply.channelId === channelId && reply.threadTs === ts && reply.ts !== ts,
  );
}
