import { Deadline } from '../../lib/time/deadline.ts';

// Long enough for three attempts, short enough to wait for at a terminal.
const CHECK_MAX_MS = 12_000;

/** Runs a check with a time limit. At the end, aborts requests that are still in flight. */
export async function withDeadline<Answer>(ask: (deadline: Deadline) => Promise<Answer>): Promise<Answer> {
  const deadline = new Deadline(CHECK_MAX_MS);
  try {
    return await ask(deadline);
  } finally {
    deadline.end();
  }
}
