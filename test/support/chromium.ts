import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { UsageError } from '../../local/command-line/usage-error.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The browser can send requests only to 127.0.0.1.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Returns the path of Chromium: CHROMIUM_PATH, or one of the usual paths. */
function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH ?? '', ...PLACES].find((place) => place !== '' && existsSync(place));
}

/** Returns true if Chromium is installed, or if CHROMIUM_PATH or CI is set and Chromium is therefore required. */
export function runsInChromium(): boolean {
  return findChromium() !== undefined || Boolean(process.env.CHROMIUM_PATH ?? process.env.CI);
}

/** Starts Chromium with a temporary profile. @throws UsageError if Chromium is not installed */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath)
    throw new UsageError('There is no Chromium here. Install it, or name its file in CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: FLAGS });
}
