import { Deadline } from '../../lib/time/deadline.ts';

// This is enough time for three attempts, and short enough for a person who waits at a terminal.
const CHECK_MAX_MS = 12_000;

/** Runs a check with a time limit. At the limit, requests that have no response yet are aborted. */
export async function withDeadline<Answer>(ask: (deadline: Deadline) => Promise<Answer>): Promise<Answer> {
  const deadline = new Deadline(CHECK_MAX_MS);
  try {
    return await ask(deadline);
  } finally {
    deadline.end();
  }
}
