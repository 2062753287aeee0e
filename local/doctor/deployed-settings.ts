import type { Environment } from '../../lib/settings/parse-settings.ts';
import { type Finding, notChecked } from './finding.ts';

/**
 * Adds the settings that a deployment itself gives to the functions, so that doctor needs only those of the operator.
 * @param environment of the operator, who has deployed the tools with it
 */
export function deployedSettings(environment: Environment): { variables: Environment; findings: Finding[] } {
  const { USER_VERIFY_URL, IDEMPOTENCY_TABLE } = environment;
  const variables = {
    ...environment,
    // Nothing is written here, so the table of the stack is not needed.
    IDEMPOTENCY_TABLE: IDEMPOTENCY_TABLE || 'none',
    USER_VERIFY_URL: USER_VERIFY_URL || 'none',
  };
  const findings = USER_VERIFY_URL
    ? []
    : [notChecked('USER_VERIFY_URL, which is not set here. Only the stage dev deploys without it.')];
  return { variables, findings };
}
