import { randomBytes } from 'node:crypto';
import type { Environment } from '../lib/settings/environment.ts';
import type { ScalekitEmulator } from './scalekit/start-scalekit-emulator.ts';

const SECRET_BYTES = 24;

/** How functions find the emulated Scalekit. */
export function settingsOf({ url, clientId, clientSecret }: ScalekitEmulator): Environment {
  return { SCALEKIT_ENV_URL: url, SCALEKIT_CLIENT_ID: clientId, SCALEKIT_CLIENT_SECRET: clientSecret };
}

/** A new secret of the webhook, but where one is set: nobody who does not know it gets past the signature. */
export function webhookSecretOf(settings: Environment): Environment {
  if (settings.SCALEKIT_WEBHOOK_SECRET || settings.SCALEKIT_WEBHOOK_SECRET_ARN) return {};
  return { SCALEKIT_WEBHOOK_SECRET: `whsec_${randomBytes(SECRET_BYTES).toString('base64')}` };
}
