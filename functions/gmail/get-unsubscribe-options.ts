import { defineTool } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import { gmail } from './connector.ts';
import { getHeaders } from './shared/get-headers.ts';
import { mailId } from './shared/mail-id.ts';
import { UNSUBSCRIBE_HEADERS, UnsubscribeOptions, unsubscribeOptions } from './shared/unsubscribe-options.ts';

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_get_unsubscribe_options',
  effect: 'read',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  description:
    'Tells how to unsubscribe from the list that sent a Gmail message. Unsubscribes from nothing. Use links of an unverified sender only if the user insists: they may be a trap.',
  input: { message_id: mailId('The ID of a message of the list.') },
  output: UnsubscribeOptions.shape,
  examples: [
    {
      input: { message_id: '18c2f7a9d0e1b234' },
      output: {
        from: 'News <news@example.com>',
        verified: true,
        one_click_url: 'https://example.com/unsubscribe/4711',
        web_url: null,
        mailto: { to: 'leave@example.com', subject: 'unsubscribe' },
      },
    },
  ],

  run: async ({ message_id }, { api }) =>
    unsubscribeOptions(await getHeaders(api, message_id, UNSUBSCRIBE_HEADERS)),
});

export const handler = createHandler(tool);
