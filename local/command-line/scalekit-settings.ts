import { existsSync } from 'node:fs';
import type { Environment } from '../../lib/settings/parse-settings.ts';

const ENVIRONMENT_FILE = '.env';

/**
 * Reads the settings of a real Scalekit environment from the process and `.env`. Prints to standard error
 * whether the command uses the real environment or the emulator.
 * @param live true if the command line has `--live`. Without it, the emulator is used, even if the settings
 * exist.
 * @returns undefined without `--live`
 */
export function scalekitSettings(live: boolean): Environment | undefined {
  const settings = processSettings();
  const url = settings.SCALEKIT_ENV_URL;
  if (live) {
    if (url) console.error(`LIVE: calls go to ${url} and use the real accounts of its users.`);
    return settings;
  }
  const isFilled = Object.keys(settings).some((name) => name.startsWith('SCALEKIT_') && settings[name]);
  if (isFilled)
    console.error('The SCALEKIT_… settings in the environment or in .env are not used without --live.');
  return undefined;
}

/** The environment variables of the process, and the variables in `.env` that the process does not set. */
export function processSettings(): Environment {
  if (existsSync(ENVIRONMENT_FILE)) process.loadEnvFile(ENVIRONMENT_FILE);
  return process.env;
}
