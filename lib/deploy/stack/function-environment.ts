import type { PlannedFunction } from '../plan-functions.ts';
import { type CloudFormationValue, ref } from './cloudformation.ts';
import type { Deployment } from './deployment.ts';
import { metricsService } from './metric-names.ts';

/** Returns the environment variables of a function: those settings that the function reads and that have a value. */
export function functionEnvironment(
  { settings: names }: PlannedFunction,
  deployment: Deployment,
): Record<string, CloudFormationValue> {
  const { settings, functionNamePrefix, parameters } = deployment;
  const { corsOrigins } = parameters;
  // Values that the stack itself sets. The stack's table overrides the setting, because the roles allow access to no
  // other table.
  const own: Readonly<Record<string, CloudFormationValue>> = {
    IDEMPOTENCY_TABLE: ref('IdempotencyTable'),
    FUNCTION_NAME_PREFIX: functionNamePrefix,
    POWERTOOLS_SERVICE_NAME: metricsService(deployment),
    ...(corsOrigins.length > 0 && { ALLOWED_ORIGINS: corsOrigins.join(',') }),
  };
  const values: Record<string, CloudFormationValue> = {};
  for (const name of names) {
    const value = own[name] ?? settings[name];
    if (value) values[name] = value;
  }
  return values;
}
