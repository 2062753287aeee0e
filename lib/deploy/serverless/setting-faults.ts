import * as z from 'zod';
import { arnRegion } from '../../aws/arn-region.ts';
import { parseSettings } from '../../settings/parse-settings.ts';
import { readConnectorSettings, readSettings, readWriteSettings } from '../../settings/settings.ts';
import { faultsBySetting, type SettingFault } from '../../settings/settings-error.ts';
import type { FunctionKind } from '../function-kinds.ts';
import type { Deployment } from '../stack/deployment.ts';

/** A setting that prevents a deployment, and the reason. */
export interface DeploymentFault extends Omit<SettingFault, 'problem'> {
  problem:
    | SettingFault['problem']
    | 'must not be none outside the stage dev'
    | `is of ${string}, but the stack is of ${string}`;
}

// The environment of a deployed function must not contain a secret. It contains the secret's ARN instead.
const IN_SECRETS_MANAGER: Readonly<Record<string, Omit<SettingFault, 'problem'>>> = {
  SCALEKIT_CLIENT_SECRET: {
    setting: 'SCALEKIT_CLIENT_SECRET_ARN',
    holds: 'the ARN of the Secrets Manager secret that holds the client secret',
  },
};
// The stack creates its own table, so this check must not report the table's name as missing.
const OWN_TABLE = { IDEMPOTENCY_TABLE: 'of-the-stack' };

/** The stage for development. It has less strict checks, because all its users are developers. */
export const DEVELOPMENT_STAGE = 'dev';

// The functions start without these settings. But the JWT authorizer and the AgentCore Gateway need `Issuer`, and with
// IAM authorization every call would be rejected without `Roles`.
const Issuer = z.object({
  OIDC_ISSUER: z.string().describe("the https URL of the callers' token issuer, as in iss"),
  OIDC_AUDIENCE: z.string().describe("the audiences of callers' tokens, with commas between them"),
});
const Roles = z.object({
  DELEGATION_ROLES: z
    .string()
    .describe(
      'the ARNs of the IAM roles that may name the user, such as arn:aws:iam::123456789012:role/developer, with commas between them',
    ),
});

/**
 * Returns the settings that prevent a deployment. With them, functions would not start, would reject all callers, or
 * would let one user connect another user's account. Each function checks its settings again at start, but then the
 * deployment has already happened.
 */
export function settingFaults(deployment: Deployment): DeploymentFault[] {
  const { stage, settings, functions, tools, parameters } = deployment;
  const { auth, authorizerId, agentCore } = parameters;
  const withTable = { ...settings, ...OWN_TABLE };
  const has = (...kinds: FunctionKind[]) => functions.some(({ kind }) => kinds.includes(kind));
  const readers: [isNeeded: boolean, read: () => unknown][] = [
    [has('read', 'write', 'accounts'), () => readSettings(settings)],
    [has('write'), () => readWriteSettings(withTable)],
    ...tools.map(({ tool }): [boolean, () => unknown] => [
      true,
      () => readConnectorSettings(tool.connector, settings),
    ]),
    [(auth === 'jwt' && !authorizerId) || agentCore, () => parseSettings(Issuer, settings)],
    [auth === 'iam', () => parseSettings(Roles, settings)],
  ];
  const faults: Map<string, DeploymentFault> = faultsBySetting(
    readers.flatMap(([isNeeded, read]) => (isNeeded ? [read] : [])),
  );
  const setting = 'USER_VERIFY_URL';
  const problem =
    settings[setting] === 'none' ? 'must not be none outside the stage dev' : faults.get(setting)?.problem;
  if (stage !== DEVELOPMENT_STAGE && problem !== undefined) {
    faults.set(setting, { setting, problem, holds: 'the https URL to which the user returns after consent' });
  }
  return [
    ...[...faults.values()].map((fault) => ({ ...fault, ...IN_SECRETS_MANAGER[fault.setting] })),
    ...regionFaults(deployment),
  ];
}

/** The secrets, keys, topics and policy engines of a stack must be in the stack's region. */
function regionFaults({ region, settings, parameters }: Deployment): DeploymentFault[] {
  return Object.entries({ ...settings, ...parameters }).flatMap(([setting, value]) => {
    const other = typeof value === 'string' ? arnRegion(value) : undefined;
    if (other === undefined || other === region) return [];
    const problem = `is of ${other}, but the stack is of ${region}` as const;
    return [
      { setting, problem, holds: `an ARN of ${region}; to deploy to ${other} instead, set AWS_REGION` },
    ];
  });
}
