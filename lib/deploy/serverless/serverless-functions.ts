import { FUNCTION_KINDS } from '../function-kinds.ts';
import { GENERATED_FOLDER } from '../generated-functions.ts';
import type { PlannedFunction } from '../plan-functions.ts';
import type { Route } from '../shared-functions.ts';
import { logGroupName } from '../stack/dashboard-resource.ts';
import { type Deployment, functionNameOf } from '../stack/deployment.ts';
import { functionEnvironment } from '../stack/function-environment.ts';
import { roleOf } from '../stack/role-resources.ts';
import { JWT_AUTHORIZER } from '../stack/stack-resources.ts';

/** The `functions` of serverless.yml. */
export function serverlessFunctions(deployment: Deployment): Record<string, object> {
  return Object.fromEntries(
    deployment.functions.map((planned) => [planned.key, serverlessFunction(planned, deployment)]),
  );
}

function serverlessFunction(planned: PlannedFunction, deployment: Deployment): object {
  const { kind, handler, description, routes } = planned;
  const { parameters } = deployment;
  const { memoryMb, timeoutSeconds } = FUNCTION_KINDS[kind];
  const { vpcSubnetIds, vpcSecurityGroupIds, reservedConcurrency } = parameters;
  return {
    name: functionNameOf(planned, deployment),
    handler,
    description,
    role: roleOf(kind),
    memorySize: memoryMb,
    timeout: timeoutSeconds,
    environment: functionEnvironment(planned, deployment),
    // Where there are source maps, they are not deployed.
    package: { patterns: ['!**/*.map', `!${GENERATED_FOLDER}/*.map`] },
    // One group for all, which the stack makes itself.
    disableLogs: true,
    logs: { logGroup: logGroupName(deployment) },
    dependsOn: ['LogGroup'],
    ...(vpcSubnetIds.length > 0 && {
      vpc: { subnetIds: vpcSubnetIds, securityGroupIds: vpcSecurityGroupIds },
    }),
    ...(planned.tool && reservedConcurrency && { reservedConcurrency }),
    events: routes.map((route) => ({ httpApi: { ...pathOf(route), ...authorizerOf(route, deployment) } })),
  };
}

const pathOf = ({ method, path }: Route) => ({ method, path });

function authorizerOf({ isOpen }: Route, { parameters }: Deployment): object {
  if (isOpen) return {};
  const { auth, authorizerId, httpApiId } = parameters;
  if (auth === 'iam') return { authorizer: { type: 'aws_iam' } };
  if (auth === 'lambda') return { authorizer: { id: authorizerId, type: 'request' } };
  if (!httpApiId) return { authorizer: { name: 'jwt' } };
  return { authorizer: { id: authorizerId ?? { Ref: JWT_AUTHORIZER }, type: 'jwt' } };
}
