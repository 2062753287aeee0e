import * as z from 'zod';

const answerSchema = z.object({
  ok: z.boolean(),
  channel: z.object({ id: z.string() }).optional(),
  channels: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
});

/** The channels that the emulator's seed cannot describe: those with fewer members, and an archived one. */
export async function arrangeWorkspace(upstreamUrl: string, accessTokens: string[]): Promise<void> {
  const [adaToken = ''] = accessTokens;
  const { channels = [] } = await call(upstreamUrl, adaToken, 'conversations.list', {});
  // The emulator makes these two by itself, with nobody of ours in them.
  for (const channel of channels.filter(({ name }) => name === 'general' || name === 'random'))
    for (const accessToken of accessTokens)
      await call(upstreamUrl, accessToken, 'conversations.join', { channel: channel.id });
  await call(upstreamUrl, adaToken, 'conversations.create', { name: 'founders', is_private: true });
  const sale = await call(upstreamUrl, adaToken, 'conversations.create', { name: 'summer-sale' });
  await call(upstreamUrl, adaToken, 'conversations.archive', { channel: sale.channel?.id });
}

async function call(upstreamUrl: string, accessToken: string, method: string, parameters: object) {
  const response = await fetch(`${upstreamUrl}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  });
  const answer = answerSchema.parse(await response.json());
  if (!answer.ok) throw new Error(`Slack refused ${method}: ${JSON.stringify(answer)}`);
  return answer;
}
