import type { ProviderRequest, Script } from '../../../local/testing/scripted-provider.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { momentAgo } from '../local/story.ts';

/** Starts the local stack and a test bed for the tests of one file. */
export function setUpSlack() {
  const local = useStackAndBed();
  return {
    get stack() {
      return local.stack;
    },
    get bed() {
      return local.bed;
    },
    /** Returns the emulated Slack. */
    provider() {
      const slack = local.stack.providers.find(({ connector }) => connector === 'slack');
      if (!slack) throw new Error('The local stack has no Slack.');
      return slack;
    },
    /** Returns the requests that Slack received, such as `GET /api/…`, each with its body or null. */
    asked: () =>
      local.forwarded().map(({ method, path, body }) => [`${method} ${path}`, body || null] as const),
  };
}

/**
 * Returns a time of the emulated story in the format of outputs. @param time the time of day in UTC, such as `09:30`
 */
export function timeAgo(days: number, time: string): string {
  return `${new Date(momentAgo(days, time)).toISOString().slice(0, 19)}Z`;
}

// IDs in the emulated workspace.
export const ADA = 'U0HARBORADA';
export const GENERAL = 'C0HARBORGEN';
export const SALES = 'C0HARBORSAL';
export const SUPPORT = 'C0HARBORSUP';
export const WORKSHOP = 'C0HARBORWRK';
export const ALERTS = 'C0HARBORALR';

/** Returns the API method that a request calls, and its query. */
export function calledBy({ url = '' }: Pick<ProviderRequest, 'url'>) {
  const { pathname, searchParams } = new URL(url, 'https://slack.example');
  return { method: pathname.replace('/api/', ''), query: Object.fromEntries(searchParams) };
}

/** Returns a provider script with one response body for each API method. */
export function answering(bodies: Readonly<Record<string, unknown>>): Script {
  return (request) => ({ body: bodies[calledBy(request).method] ?? { ok: false, error: 'unknown_method' } });
}

/** Inputs that every tool rejects. */
export const INVALID_ANYWHERE = {
  'unknown keys': [{ as_user: true, identifier: 'user_grace' }, ['as_user', 'identifier']],
} as const;
export const INVALID_CHANNELS = {
  'words in place of a channel': [{ channel: 'the sales channel' }, ['channel']],
  'a person in place of a channel': [{ channel: 'U024BE7LH' }, ['channel']],
  'the link of a file in place of a channel': [
    { channel: 'https://example.slack.com/files/U024BE7LH/F07QWERTY/plan.pdf' },
    ['channel'],
  ],
  'a missing channel': [{ channel: null }, ['channel']],
  'a channel with a path': [{ channel: 'C024BE91L/../users.info' }, ['channel']],
} as const;
