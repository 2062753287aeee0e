import type { Deployment } from '../stack/deployment.ts';
import { DEVELOPMENT_STAGE } from './setting-faults.ts';

const WARNINGS: readonly [applies: (deployment: Deployment) => boolean, message: string][] = [
  [
    ({ settings, parameters: { auth, agentCore } }) =>
      !settings.REQUIRED_SCOPE && (auth === 'jwt' || agentCore),
    'REQUIRED_SCOPE is not set: any token of the issuer and audience may call the tools, also one that was issued for something else. Set it to a scope that every token must have.',
  ],
  [
    ({ settings, stage }) => !settings.CONNECT_URL && stage !== DEVELOPMENT_STAGE,
    "CONNECT_URL is not set: the link in a tool's error is then Scalekit's, and somebody else can consent with their own account on it. Set it to the page on which a signed-in user connects an account (docs/accounts.md).",
  ],
];

/** Returns a warning for each setting that functions do not need to start, but that a deployment should have. */
export function settingWarnings(deployment: Deployment): string[] {
  return WARNINGS.filter(([applies]) => applies(deployment)).map(([, message]) => message);
}
