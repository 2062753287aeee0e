import { defineTool } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import { gmail } from './connector.ts';
import { getHeaders } from './shared/get-headers.ts';
import { messageIdInput } from './shared/mail-inputs.ts';
import { toUnsubscribeOptions, UnsubscribeOptionsOutput } from './shared/unsubscribe-options.ts';

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_get_unsubscribe_options',
  effect: 'read',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  description:
    'Returns how to unsubscribe from the list that sent a Gmail message. Unsubscribes from nothing. one_click_url needs an HTTP POST with the body List-Unsubscribe=One-Click, url a browser. Options of a sender that is not verified may be a trap: use them only if the user insists.',
  input: {
    message_id: messageIdInput(
      'The id of a message of the list, from gmail_list_unread or gmail_triage_inbox.',
    ),
  },
  output: UnsubscribeOptionsOutput.shape,
  examples: [
    {
      input: { message_id: '18c2f7a9d0e1b234' },
      output: {
        from: 'News <news@example.com>',
        is_verified: true,
        one_click_url: 'https://example.com/unsubscribe/8c02e1',
        url: null,
        mailto: { to: 'leave@example.com', subject: 'unsubscribe' },
      },
    },
  ],

  run: async ({ message_id }, { api }) => toUnsubscribeOptions(await getHeaders(api, message_id)),
});

export const handler = createHandler(tool);
