import type { ProviderRequest, Script } from '../../../local/testing/scripted-provider.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { momentAgo } from '../local/story.ts';

/** The local stack and a test bed, for the tests of one file. */
export function setUpSlack() {
  const local = useStackAndBed();
  return {
    get stack() {
      return local.stack;
    },
    get bed() {
      return local.bed;
    },
    /** The emulated Slack itself. */
    provider() {
      const slack = local.stack.providers.find(({ connector }) => connector === 'slack');
      if (!slack) throw new Error('The local stack has no Slack.');
      return slack;
    },
    /** The requests that Slack got, such as `GET /api/…`, each with its body or null. */
    asked: () =>
      local.forwarded().map(({ method, path, body }) => [`${method} ${path}`, body || null] as const),
  };
}

/** Returns a time of the emulated story in the form of outputs. @param time in UTC, such as `09:30` */
export function timeAgo(days: number, time: string): string {
  return `${new Date(momentAgo(days, time)).toISOString().slice(0, 19)}Z`;
}

// IDs in the seed of the emulated workspace.
export const ADA = 'U0HARBORADA';
export const GENERAL = 'C0HARBORGEN';
export const SALES = 'C0HARBORSAL';
export const SUPPORT = 'C0HARBORSUP';
export const WORKSHOP = 'C0HARBORWRK';
export const ALERTS = 'C0HARBORALR';

/** Returns the method that a request calls, and its query. */
export function calledBy({ url = '' }: Pick<ProviderRequest, 'url'>) {
  const { pathname, searchParams } = new URL(url, 'https://slack.example');
  return { method: pathname.replace('/api/', ''), query: Object.fromEntries(searchParams) };
}

/** A provider with one response body for each method. */
export function answering(bodies: Readonly<Record<string, unknown>>): Script {
  return (request) => ({ body: bodies[calledBy(request).method] ?? { ok: false, error: 'unknown_method' } });
}

/** Inputs that every tool rejects. */
export const INVALID_ANYWHERE = {
  'unknown keys': [{ as_user: true, identifier: 'user_grace' }, ['as_user', 'identifier']],
} as const;
export const INVALID_CHANNELS = {
  'words for a channel': [{ channel: 'the sales channel' }, ['channel']],
  'a person for a channel': [{ channel: 'U024BE7LH' }, ['channel']],
  'the link of a file for a channel': [
    { channel: 'https://example.slack.com/files/U024BE7LH/F07QWERTY/plan.pdf' },
    ['channel'],
  ],
  'no channel': [{ channel: null }, ['channel']],
  'a channel with a path': [{ channel: 'C024BE91L/../users.info' }, ['channel']],
} as const;
