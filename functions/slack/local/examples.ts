import type { LocalExamples } from '../../../local/providers/local-provider.ts';
import { tsAgo } from './seed.ts';
import { momentAgo } from './story.ts';

const MS_PER_WEEK = 7 * 86_400_000;
const channel = 'C0HARBORSAL';

/** Returns example inputs that work in the emulated workspace. Their times are relative to the current time. */
export function examples(): LocalExamples {
  return {
    slack_find_channel: { query: 'sales' },
    slack_find_messages: { words: 'ferries' },
    slack_find_user: { query: 'okafor' },
    slack_catch_up_channel: { channel, since: new Date(momentAgo(2, '00:00')).toISOString() },
    slack_read_thread: { channel, thread_ts: tsAgo(2, '16:32') },
    slack_schedule_message: {
      channel,
      text: 'The ferries are ready for their inspection.',
      post_at: new Date(Date.now() + MS_PER_WEEK).toISOString(),
    },
    slack_send_message: { channel: 'sales', text: 'The order has shipped.' },
    slack_update_canvas: { canvas_id: 'F0HARBORFER', operation: 'append', markdown: 'Shipped on Monday.' },
  };
}
