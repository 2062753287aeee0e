import { timingSafeEqual } from 'node:crypto';
import type { AccessTokens } from './access-tokens.ts';
import { type HttpExchange, readForm, sendJson } from './http-exchange.ts';

export interface OauthRoutesOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokens: AccessTokens;
}

/** Creates the routes of the token endpoint, and of the public keys that verify its tokens. */
export function createOauthRoutes({ clientId, clientSecret, tokens }: OauthRoutesOptions) {
  return {
    async token({ request, response, record }: HttpExchange): Promise<void> {
      const form = await readForm(request);
      record.formFields = [...form.keys()];
      if (form.get('grant_type') !== 'client_credentials') {
        sendJson(response, 400, {
          error: 'unsupported_grant_type',
          error_description: 'grant_type must be client_credentials',
        });
        return;
      }
      const isKnownClient =
        isSame(form.get('client_id'), clientId) && isSame(form.get('client_secret'), clientSecret);
      if (!isKnownClient) {
        sendJson(response, 401, {
          error: 'invalid_client',
          error_description: 'client_id or client_secret is wrong',
        });
        return;
      }
      sendJson(response, 200, {
        access_token: await tokens.issue(),
        token_type: 'Bearer',
        expires_in: tokens.lifetimeSeconds,
        scope: '',
      });
    },

    keys({ response }: HttpExchange): void {
      sendJson(response, 200, tokens.jwks);
    },
  };
}

function isSame(given: string | null, expected: string): boolean {
  const left = Buffer.from(given ?? '');
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
