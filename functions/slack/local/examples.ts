import type { LocalExamples } from '../../../local/providers/local-provider.ts';

const MS_PER_WEEK = 7 * 86_400_000;
const channel = 'C0HARBORSAL';

/** Made when the stack starts, since a message is scheduled for a time to come. */
export function examples(): LocalExamples {
  return {
    slack_catch_up_channel: { channel, since: '2026-11-19' },
    slack_read_thread: { channel, thread_ts: '1795161900.000100' },
    slack_schedule_message: {
      channel,
      text: 'The ferries are ready for their inspection.',
      post_at: new Date(Date.now() + MS_PER_WEEK).toISOString(),
    },
    slack_send_message: { channel: 'sales', text: 'The order has shipped.' },
    slack_update_canvas: { canvas_id: 'F0HARBORFER', operation: 'append', markdown: 'Shipped on Monday.' },
  };
}
