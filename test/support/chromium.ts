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
  // Whatever a page asks for: nothing leaves this machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Where Chromium is on this machine: at CHROMIUM_PATH, or where it is usually installed. */
function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH ?? '', ...PLACES].find((place) => place !== '' && existsSync(place));
}

/** True if tests in a browser are to run: without one only where nobody said that there has to be one. */
export function runsInChromium(): boolean {
  return findChromium() !== undefined || Boolean(process.env.CHROMIUM_PATH ?? process.env.CI);
}

/** Starts Chromium with a profile of its own, which is gone when it is closed. @throws UsageError where there is none */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath)
    throw new UsageError('There is no Chromium here. Install it, or name its file in CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: FLAGS });
}
