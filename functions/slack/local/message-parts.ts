/** A message of the workspace's story. */
interface Posted {
  /** The number of days before today, and the time in UTC. */
  ago: readonly [days: number, time: string];
  /** The handle of the member, or null for an app that is not a member. */
  by: string | null;
  text: string;
  /** Additional fields of the message, such as `blocks`. */
  more?: Readonly<Record<string, unknown>>;
}

/** A message that is not a reply. Its replies are in `replies`. */
export interface Entry extends Posted {
  channel: string;
  replies?: readonly Posted[];
  subtype?: string;
}

/** Returns a block of rich text with one section: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function richText(...elements: readonly object[]) {
  return { type: 'rich_text', block_id: 'b1', elements: [{ type: 'rich_text_section', elements }] };
}

export function person(user_id: string) {
  return { type: 'user', user_id };
}

/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
export function section(text: string, more: object = {}) {
  return { type: 'section', block_id: 'b2', text: { type: 'mrkdwn', text, verbatim: false }, ...more };
}

/** Returns additional fields for a message from an incoming webhook, or from an app that is not a member. */
export function app(bot_id: string, name: string) {
  return { bot_id, app_id: bot_id.replace('B', 'A'), bot_profile: { id: bot_id, name, deleted: false } };
}
