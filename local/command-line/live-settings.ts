import { existsSync } from 'node:fs';
import type { Environment } from '../../lib/settings/environment.ts';

const ENVIRONMENT_FILE = '.env';

/** The settings of a real Scalekit environment: those of the process, and of `.env` where there is one. */
export function liveSettings(): Environment {
  if (existsSync(ENVIRONMENT_FILE)) process.loadEnvFile(ENVIRONMENT_FILE);
  return process.env;
}
