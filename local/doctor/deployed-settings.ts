import type { Environment } from '../../lib/settings/parse-settings.ts';
import { type Finding, notChecked } from './finding.ts';

/**
 * Adds the settings that the deployment itself gives to the functions. Then doctor needs only the settings of
 * the operator.
 * @param environment the environment variables with which the operator deployed the tools
 */
export function deployedSettings(environment: Environment): { variables: Environment; findings: Finding[] } {
  const { USER_VERIFY_URL, IDEMPOTENCY_TABLE } = environment;
  const variables = {
    ...environment,
    // Doctor writes nothing, so it does not need the table of the stack.
    IDEMPOTENCY_TABLE: IDEMPOTENCY_TABLE || 'none',
    USER_VERIFY_URL: USER_VERIFY_URL || 'none',
  };
  const findings = USER_VERIFY_URL
    ? []
    : [notChecked('USER_VERIFY_URL, which is not set here. Only the stage dev deploys without it.')];
  return { variables, findings };
}
