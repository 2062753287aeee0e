import { Deadline } from '../../lib/time/deadline.ts';

// Long enough for what is asked three times, short enough to wait for at a terminal.
const CHECK_MAX_MS = 12_000;

/** Gives a check the time that it has, and aborts what is left over of it. */
export async function withDeadline<Answer>(ask: (deadline: Deadline) => Promise<Answer>): Promise<Answer> {
  const deadline = new Deadline(CHECK_MAX_MS);
  try {
    return await ask(deadline);
  } finally {
    deadline.end();
  }
}
