import type { Deployment } from '../stack/deployment.ts';
import { openRouteLimits } from './serverless-provider.ts';
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

/**
 * Returns a warning for each glob that matches no tool, each recommended setting that is missing, and routes without a
 * rate limit.
 */
export function settingWarnings(deployment: Deployment): string[] {
  return [
    ...deployment.idleGlobs.map(
      (glob) => `The parameter tools names ${glob}, which no tool of this project fits.`,
    ),
    ...WARNINGS.filter(([applies]) => applies(deployment)).map(([, message]) => message),
    ...limitWarnings(deployment),
  ];
}

/**
 * Warns if the routes that anyone may call have no rate limit. This happens if the API belongs to another stack,
 * because our stack cannot change its stage.
 */
function limitWarnings(deployment: Deployment): string[] {
  const { httpApiId } = deployment.parameters;
  const limits = openRouteLimits(deployment);
  if (!httpApiId || Object.keys(limits).length === 0) return [];
  return [
    `The API ${httpApiId} does not belong to this stack, so the routes that anyone may call have no limit of their own. After the first deployment, give them one: aws apigatewayv2 update-stage --api-id ${httpApiId} --stage-name '$default' --route-settings '${JSON.stringify(limits)}'`,
  ];
}
