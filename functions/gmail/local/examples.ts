import type { LocalExamples } from '../../../local/providers/local-provider.ts';

export const examples: LocalExamples = {
  gmail_draft_forward: { message_id: '19e5a1c0ada00006', to: ['grace@harborbikes.example'] },
  gmail_draft_reply: { message_id: '19e5a1c0ada00006', text: 'The offer follows on Monday.' },
  gmail_get_unsubscribe_options: { message_id: '19e5a1c0ada0000b' },
  gmail_read_thread: { thread_id: '19e5a1c0ada00001' },
  gmail_remove_filter: { filter_id: 'ANe1Bmada3' },
};
