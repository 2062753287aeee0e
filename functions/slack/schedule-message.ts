import { defineTool, id, momentInput, path, ToolError } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { slack } from './connector.ts';
import { messageInput } from './shared/message-input.ts';

const MS_AHEAD_MAX = 120 * 86_400_000;
const Scheduled = z.object({ ok: z.literal(true), scheduled_message_id: id() });

export const tool = defineTool({
  connector: slack,
  name: 'slack_schedule_message',
  effect: 'create',
  scopes: ['chat:write'],
  description: 'Schedules a message that Slack posts later in the name of the user, to a channel or thread.',
  input: {
    ...messageInput,
    post_at: momentInput('At most 120 days ahead: 2026-11-30T09:00Z.'),
  },
  output: { scheduled_message_id: id() },
  examples: [
    {
      input: { channel: 'C024BE91L', text: 'Hi', post_at: '2026-11-30T09:00:00Z' },
      output: { scheduled_message_id: 'Q1298393284' },
    },
  ],

  async run({ channel, text, thread_ts, post_at }, { api }) {
    const postAtMs = Date.parse(post_at);
    if (postAtMs <= Date.now() || postAtMs > Date.now() + MS_AHEAD_MAX) {
      throw new ToolError('invalid_input', {
        details: [{ path: 'post_at', issue: 'must be in the future, and at most 120 days ahead' }],
      });
    }
    // https://docs.slack.dev/reference/methods/chat.scheduleMessage
    const { body } = await api.post(path`/api/chat.scheduleMessage`, {
      json: { channel, text, thread_ts, post_at: postAtMs / 1_000 },
      response: Scheduled,
    });
    return { scheduled_message_id: body.scheduled_message_id };
  },
});

export const handler = createHandler(tool);
