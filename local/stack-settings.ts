import type { Environment } from '../lib/settings/environment.ts';
import type { ScalekitEmulator } from './scalekit/start-scalekit-emulator.ts';

/** How functions find the emulated Scalekit. */
export function settingsOf({ url, clientId, clientSecret }: ScalekitEmulator): Environment {
  return { SCALEKIT_ENV_URL: url, SCALEKIT_CLIENT_ID: clientId, SCALEKIT_CLIENT_SECRET: clientSecret };
}
