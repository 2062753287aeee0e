import type { Environment } from '../../lib/settings/parse-settings.ts';
import { type Finding, notChecked } from './finding.ts';

/**
 * Adds values for the settings that the deployment itself sets, so that the operator does not have to set
 * them here.
 * @param environment the environment variables with which the operator deployed the tools
 */
export function deployedSettings(environment: Environment): { variables: Environment; findings: Finding[] } {
  const { USER_VERIFY_URL, IDEMPOTENCY_TABLE } = environment;
  const variables = {
    ...environment,
    // This command writes nothing, so it needs no table.
    IDEMPOTENCY_TABLE: IDEMPOTENCY_TABLE || 'none',
    USER_VERIFY_URL: USER_VERIFY_URL || 'none',
  };
  const findings = USER_VERIFY_URL
    ? []
    : [notChecked('USER_VERIFY_URL, which is not set here. Only the stage dev deploys without it.')];
  return { variables, findings };
}
