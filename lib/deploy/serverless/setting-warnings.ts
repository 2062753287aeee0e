import type { Deployment } from '../stack/deployment.ts';

const DEVELOPMENT_STAGE = 'dev';

const WARNINGS: readonly [applies: (deployment: Deployment) => boolean, message: string][] = [
  [
    ({ settings }) => !settings.CONNECT_URL,
    "CONNECT_URL is not set: the link in a tool's error is then Scalekit's, and somebody else can consent with their own account on it. Set it to the page on which a signed-in user connects an account (docs/accounts.md).",
  ],
];

/** Settings that functions start without, and that a deployment should have; nothing in the stage `dev`. */
export function settingWarnings(deployment: Deployment): string[] {
  if (deployment.stage === DEVELOPMENT_STAGE) return [];
  return WARNINGS.filter(([applies]) => applies(deployment)).map(([, message]) => message);
}
