import { defineTool, id, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { slack } from './connector.ts';
import { recipientInput } from './shared/channel.ts';
import { messageInput, NO_PREVIEWS, toMrkdwn } from './shared/outgoing-text.ts';

const SentResponse = z.object({ ok: z.literal(true), ts: id(), channel: id() });

export const tool = defineTool({
  connector: slack,
  name: 'slack_send_message',
  effect: 'create',
  confirm: true, // Slack notifies people at once.
  scopes: ['chat:write'],
  description:
    'Posts a message to a Slack channel, thread or person in the name of the user. Everyone there sees it at once. The user must be a member of the channel, also where reading works without. To post later, use slack_schedule_message.',
  input: { channel: recipientInput(), ...messageInput },
  output: {
    ts: id().describe('The timestamp of the message, which identifies it in its channel.'),
    channel: id(),
  },
  examples: [
    {
      input: { channel: 'C024BE7LR', text: 'The order has *shipped*.' },
      output: { ts: '1503435956.000247', channel: 'C024BE7LR' },
    },
  ],

  async run({ channel, text, thread_ts }, { api }) {
    // https://docs.slack.dev/reference/methods/chat.postMessage
    const { body } = await api.post(path`/api/chat.postMessage`, {
      json: { channel, text: toMrkdwn(text), thread_ts, ...NO_PREVIEWS },
      response: SentResponse,
    });
    return { ts: body.ts, channel: body.channel };
  },
});

export const handler = createHandler(tool);
