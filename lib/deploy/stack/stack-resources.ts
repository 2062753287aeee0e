import { agentCoreResources } from './agentcore-resources.ts';
import { alarmResources } from './alarm-resources.ts';
import { bedrockOutputs, bedrockResources } from './bedrock-resources.ts';
import { type CloudFormationValue, type Outputs, type Resources, ref, sub } from './cloudformation.ts';
import { dashboardResource, logGroupName } from './dashboard-resource.ts';
import type { Deployment } from './deployment.ts';
import { jwtAuthorizer } from './jwt-authorizer.ts';
import { roleResources } from './role-resources.ts';

/**
 * Returns the resources of a stack other than its functions, their routes and the table of writes.
 * @throws AuthoringError if an agent's format cannot express a tool's contract
 */
export function stackResources(deployment: Deployment): Resources {
  return {
    LogGroup: {
      Type: 'AWS::Logs::LogGroup',
      Properties: {
        LogGroupName: logGroupName(deployment),
        RetentionInDays: deployment.parameters.logRetentionDays,
      },
    },
    ...roleResources(deployment),
    ...authorizerOfExistingApi(deployment),
    ...agentCoreResources(deployment),
    ...bedrockResources(deployment),
    ...dashboardResource(deployment),
    ...alarmResources(deployment),
  };
}

/** Serverless makes an authorizer only for its own API, not for an existing one. */
export const JWT_AUTHORIZER = 'JwtAuthorizer';

function authorizerOfExistingApi({ parameters, settings }: Deployment): Resources {
  const { auth, httpApiId, authorizerId } = parameters;
  if (auth !== 'jwt' || !httpApiId || authorizerId) return {};
  const { issuerUrl, audience, identitySource } = jwtAuthorizer(settings);
  return {
    [JWT_AUTHORIZER]: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: httpApiId,
        Name: 'jwt',
        AuthorizerType: 'JWT',
        IdentitySource: [identitySource],
        JwtConfiguration: { Issuer: issuerUrl, Audience: audience },
      },
    },
  };
}

/** Returns the URLs and names that a person needs after a deployment. */
export function stackOutputs(deployment: Deployment): Outputs {
  const { agentCore, httpApiId, sharedFunctions } = deployment.parameters;
  const api = apiUrl(httpApiId);
  const output = (Description: string, Value: CloudFormationValue) => ({ Description, Value });
  return {
    LogGroupName: output('The log group of all functions', ref('LogGroup')),
    ApiUrl: output('The API: POST /tools/{tool_name}', api),
    ...(sharedFunctions && { McpUrl: output('The tools for MCP clients', join([api, '/mcp'])) }),
    DashboardUrl: output(
      'The dashboard in CloudWatch',
      sub(
        `https://\${AWS::Region}.console.aws.amazon.com/cloudwatch/home?region=\${AWS::Region}#dashboards/dashboard/\${Dashboard}`,
      ),
    ),
    ...(agentCore && {
      GatewayUrl: output('The tools for agents on AgentCore', { 'Fn::GetAtt': ['Gateway', 'GatewayUrl'] }),
    }),
    ...bedrockOutputs(deployment),
  };
}

const join = (parts: readonly CloudFormationValue[]) => ({ 'Fn::Join': ['', parts] });

function apiUrl(httpApiId: string | undefined): CloudFormationValue {
  const host = `execute-api.\${AWS::Region}.\${AWS::URLSuffix}`;
  return sub(httpApiId ? `https://${httpApiId}.${host}` : `https://\${HttpApi}.${host}`);
}
