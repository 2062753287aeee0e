import { FUNCTION_KINDS } from '../function-kinds.ts';
import { GENERATED_FOLDER } from '../generated-functions.ts';
import type { PlannedFunction } from '../plan-functions.ts';
import type { ApiGatewayRoute } from '../shared-functions.ts';
import { type Deployment, functionNameOf } from '../stack/deployment.ts';
import { functionEnvironment } from '../stack/function-environment.ts';
import { roleOf } from '../stack/role-resources.ts';
import { JWT_AUTHORIZER } from '../stack/stack-resources.ts';

type Functions = Record<string, object>;

/** Returns `functions` of serverless.yml: the functions of the tools and the shared functions. */
export function serverlessFunctions(deployment: Deployment): { tools: Functions; others: Functions } {
  const ofTools: Functions = {};
  const others: Functions = {};
  for (const planned of deployment.functions)
    (planned.tool ? ofTools : others)[planned.key] = serverlessFunction(planned, deployment);
  return { tools: ofTools, others };
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
    // The build may write source maps, but the zips do not include them.
    package: { patterns: ['!**/*.map', `!${GENERATED_FOLDER}/*.map`] },
    // All functions write to one log group of the stack, so Serverless must not create a log group for each function.
    disableLogs: true,
    dependsOn: ['LogGroup'],
    ...(vpcSubnetIds.length > 0 && {
      vpc: { subnetIds: vpcSubnetIds, securityGroupIds: vpcSecurityGroupIds },
    }),
    ...(planned.tool && reservedConcurrency && { reservedConcurrency }),
    events: routes.map((route) => ({ httpApi: { ...pathOf(route), ...authorizerOf(route, deployment) } })),
  };
}

const pathOf = ({ method, path }: ApiGatewayRoute) => ({ method, path });

function authorizerOf({ isOpen }: ApiGatewayRoute, { parameters }: Deployment): object {
  if (isOpen) return {};
  const { auth, authorizerId, httpApiId } = parameters;
  if (auth === 'iam') return { authorizer: { type: 'aws_iam' } };
  if (auth === 'lambda') return { authorizer: { id: authorizerId, type: 'request' } };
  if (!httpApiId) return { authorizer: { name: 'jwt' } };
  return { authorizer: { id: authorizerId ?? { Ref: JWT_AUTHORIZER }, type: 'jwt' } };
}
