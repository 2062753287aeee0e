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
