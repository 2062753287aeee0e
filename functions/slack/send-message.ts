import { defineTool, id, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { slack } from './connector.ts';

// Slack cuts what is longer: https://docs.slack.dev/changelog/2018-truncating-really-long-messages
const TEXT_LENGTH_MAX = 40_000;

export const tool = defineTool({
  connector: slack,
  name: 'slack_send_message',
  effect: 'create',
  scopes: ['chat:write'],
  description:
    'Posts a message to a Slack channel or thread in the name of the user, where everyone in the channel sees it at once.',
  input: {
    channel: z
      .string()
      .min(1)
      .max(80)
      .describe('The ID of the channel, such as C024BE91L, or its name, such as general.'),
    text: z
      .string()
      .min(1)
      .max(TEXT_LENGTH_MAX)
      .describe(
        "The message in Slack's mrkdwn, such as *bold* and <https://example.com|a link>; best below 4,000 characters.",
      ),
    thread_ts: z
      .string()
      .regex(/^\d+\.\d+$/)
      .optional()
      .describe('To reply in a thread: the ts of its first message, such as 1503435956.000247.'),
  },
  output: {
    ts: id().describe('The timestamp of the message, which identifies it in its channel.'),
    channel: id().describe('The ID of the channel.'),
  },
  examples: [
    {
      input: { channel: 'C024BE91L', text: 'The order has shipped.' },
      output: { ts: '1503435956.000247', channel: 'C024BE91L' },
    },
  ],

  async run({ channel, text, thread_ts }, { api }) {
    // https://docs.slack.dev/reference/methods/chat.postMessage
    const { body } = await api.post(path`/api/chat.postMessage`, {
      json: { channel, text, thread_ts },
      response: z.object({ ok: z.literal(true), ts: id(), channel: id() }),
    });
    return { ts: body.ts, channel: body.channel };
  },
});

export const handler = createHandler(tool);
