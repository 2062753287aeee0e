import * as z from 'zod';
import { type Channel, type Member, readableChannels, type Workspace } from './workspace.ts';

export interface Caller {
  workspace: Workspace;
  member: Member;
  scopes: readonly string[];
}

/** A method of the Web API. Its input is the arguments, and its result is the response without `ok`. */
export type Method = (given: Record<string, unknown>, caller: Caller) => object;

/** An error of Slack, sent as a response with `ok: false`. */
export class SlackError extends Error {
  readonly body: object;

  constructor(error: string, more: object = {}) {
    super(error);
    this.body = { ok: false, error, ...more };
  }
}

/**
 * Returns a method that checks scopes and arguments before it runs.
 * @param shape schemas of the arguments, which may come from a query, a form or JSON; other arguments are ignored
 * @param scopes the scopes that the token needs
 */
export function method<Shape extends z.ZodRawShape>(
  shape: Shape,
  scopes: readonly string[],
  run: (given: z.output<z.ZodObject<Shape>>, caller: Caller) => object,
): Method {
  const schema = z.object(shape);
  return (given, caller) => {
    demandScopes(caller, scopes);
    const parsed = schema.safeParse(given);
    if (!parsed.success) throw new SlackError('invalid_arguments', explained(parsed.error.issues, given));
    return run(parsed.data, caller);
  };
}

function explained(issues: readonly z.core.$ZodIssue[], given: Record<string, unknown>) {
  const names = new Set(issues.map(({ path: [name] }) => String(name)));
  const messages = [...names].map(
    (name) => `[ERROR] ${name in given ? 'invalid' : 'missing'} required field: ${name}`,
  );
  return { response_metadata: { messages } };
}

export function demandScopes({ scopes }: Caller, needed: readonly string[]): void {
  const missing = needed.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0)
    throw new SlackError('missing_scope', { needed: missing.join(','), provided: scopes.join(',') });
}

// Queries and forms contain booleans and numbers as text.
export const flag = z.union([
  z.boolean(),
  z.enum(['true', '1']).transform(() => true),
  z.enum(['false', '0', '']).transform(() => false),
]);
export const wholeNumber = z.coerce.number().int();

const READ_SCOPES = {
  public_channel: 'channels',
  private_channel: 'groups',
  mpim: 'mpim',
  im: 'im',
} as const;

/** Returns the scope that is needed for a type of channel, such as `groups:history`. */
export function channelScope(kind: Channel['kind'], right: 'read' | 'history'): string {
  return `${READ_SCOPES[kind]}:${right}`;
}

/**
 * Returns the channel with an ID. If the user may not read the channel, the error is the same as for a channel that
 * does not exist.
 */
export function channelById({ workspace, member }: Caller, id: string): Channel {
  const channel = readableChannels(workspace, member).find((candidate) => candidate.id === id);
  if (!channel) throw new SlackError('channel_not_found');
  return channel;
}
