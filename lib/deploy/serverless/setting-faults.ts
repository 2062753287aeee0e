import { readConnectorSettings, readSettings, readWriteSettings } from '../../settings/settings.ts';
import { type SettingFault, SettingsError } from '../../settings/settings-error.ts';
import { readWebhookSettings } from '../../settings/webhook-settings.ts';
import type { FunctionKind } from '../function-kinds.ts';
import type { Deployment } from '../stack/deployment.ts';

// Deployed functions have no secrets in their environment.
const CLIENT_SECRET_ARN = {
  setting: 'SCALEKIT_CLIENT_SECRET_ARN',
  holds: 'the ARN of the Secrets Manager secret that holds the client secret',
};
const WEBHOOK_SECRET_ARN = {
  setting: 'SCALEKIT_WEBHOOK_SECRET_ARN',
  holds: 'the ARN of the Secrets Manager secret that holds the signing secret of the webhook',
};
// The stack has one of its own.
const OWN_TABLE = { IDEMPOTENCY_TABLE: 'of-the-stack' };

/**
 * What the functions of a deployment would not start with. Each reads its settings by itself when it starts; this is
 * the same, before anything is deployed.
 */
export function settingFaults(deployment: Deployment): SettingFault[] {
  const { settings, functions, catalogue } = deployment;
  const kinds = new Set(functions.map(({ kind }) => kind));
  const has = (...some: FunctionKind[]) => some.some((kind) => kinds.has(kind));
  const renamed = new Map([
    ['SCALEKIT_CLIENT_SECRET', CLIENT_SECRET_ARN],
    ['SCALEKIT_WEBHOOK_SECRET', WEBHOOK_SECRET_ARN],
  ]);
  const faults = [
    ...(has('read', 'write', 'accounts') ? faultsOf(() => readSettings(settings)) : []),
    ...(has('write') ? faultsOf(() => readWriteSettings({ ...settings, ...OWN_TABLE })) : []),
    ...(has('webhook') ? faultsOf(() => readWebhookSettings({ ...settings, ...OWN_TABLE })) : []),
    ...catalogue.flatMap(({ tool }) => faultsOf(() => readConnectorSettings(tool.connector, settings))),
    ...issuerFaults(deployment),
  ].map((fault) => ({ ...fault, ...renamed.get(fault.setting) }));
  return [...new Map(faults.map((fault) => [fault.setting, fault])).values()];
}

function issuerFaults({ settings, parameters }: Deployment): SettingFault[] {
  const { auth, authorizerId, agentCore, gatewayId, agentCoreClients } = parameters;
  const needsIssuer = (auth === 'jwt' && !authorizerId) || agentCore;
  const needsRoles = auth === 'iam' && !settings.DELEGATION_ROLES;
  // A gateway for clients still verifies the tokens in the functions, by the same list.
  const needed = needsIssuer || gatewayId !== undefined || agentCoreClients.length > 0;
  const missing = (setting: string, holds: string): SettingFault => ({
    setting,
    problem: 'is not set',
    holds,
  });
  return [
    ...(needed && !settings.OIDC_ISSUER
      ? [missing('OIDC_ISSUER', "the https URL of the callers' token issuer, as in iss")]
      : []),
    ...(needed && !settings.OIDC_AUDIENCE
      ? [missing('OIDC_AUDIENCE', "the audiences of callers' tokens, with commas between them")]
      : []),
    ...(needsRoles
      ? [
          missing(
            'DELEGATION_ROLES',
            'the ARNs of the IAM roles that may name the user, with commas between them',
          ),
        ]
      : []),
  ];
}

function faultsOf(read: () => unknown): readonly SettingFault[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}
