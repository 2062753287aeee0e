import { ScalekitClient } from '@scalekit-sdk/node';
import * as z from 'zod';
import type { ScalekitSeed } from '../../../local/scalekit/scalekit-seed.ts';
import type { ScalekitEmulator } from '../../../local/scalekit/start-scalekit-emulator.ts';

export function createSeed(providerUrl: string) {
  return {
    connections: [
      { name: 'slack-main', connector: 'slack', providerUrl },
      { name: 'crm-main', connector: 'salesforce', providerUrl: `${providerUrl}/services/data/v60.0` },
      { name: 'no-proxy', connector: 'github', providerUrl, proxyEnabled: false },
      { name: 'unreachable', connector: 'gmail', providerUrl: 'http://127.0.0.1:1' },
    ],
    grants: [
      { connector: 'slack', label: 'Somebody else', accessToken: 'slack-token-else' },
      { connector: 'slack', identifier: 'carol', label: 'Carol <"&\'>', accessToken: 'slack-token-carol' },
      { connector: 'gmail', identifier: 'alice', label: 'Alice', accessToken: 'gmail-token-alice' },
    ],
    accounts: [
      { connection: 'slack-main', identifier: 'alice', status: 'ACTIVE', accessToken: 'slack-token-alice' },
      { connection: 'slack-main', identifier: 'bob', status: 'ACTIVE', accessToken: 'slack-token-bob' },
      { connection: 'slack-main', identifier: 'expired', status: 'EXPIRED', accessToken: 'slack-token-old' },
      { connection: 'crm-main', identifier: 'alice', status: 'ACTIVE', accessToken: 'crm-token-alice' },
      { connection: 'no-proxy', identifier: 'alice', status: 'ACTIVE', accessToken: 'github-token-alice' },
      { connection: 'unreachable', identifier: 'alice', status: 'ACTIVE' },
    ],
  } satisfies ScalekitSeed;
}

export function createClient({ url, clientId, clientSecret }: ScalekitEmulator): ScalekitClient {
  return new ScalekitClient(url, clientId, clientSecret);
}

export function postToken(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
}

export const tokenAnswerSchema = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.number(),
  scope: z.string(),
});

export async function fetchAccessToken({ url, clientId, clientSecret }: ScalekitEmulator): Promise<string> {
  const response = await postToken(url, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  return tokenAnswerSchema.parse(await response.json()).access_token;
}
