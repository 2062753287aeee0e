import { agentCoreResources } from './agentcore-resources.ts';
import { alarmResources } from './alarm-resources.ts';
import { bedrockOutputs, bedrockResources } from './bedrock-resources.ts';
import { type CloudFormationValue, type Outputs, type Resources, sub } from './cloudformation.ts';
import { dashboardResource } from './dashboard-resource.ts';
import { type Deployment, jwtAuthorizer } from './deployment.ts';
import { roleResources } from './role-resources.ts';

/**
 * Returns the resources that depend on the tools or the parameters, grouped by the part of the stack that they belong
 * to.
 * @throws AuthoringError if an agent's schema format cannot express a tool's contract
 */
export function stackResources(deployment: Deployment) {
  return {
    roles: roleResources(deployment),
    authorizer: authorizerOfExistingApi(deployment),
    agentCore: agentCoreResources(deployment),
    bedrock: bedrockResources(deployment),
    dashboard: dashboardResource(deployment),
    alarms: alarmResources(deployment),
  } satisfies Record<string, Resources>;
}

/**
 * The logical ID of the authorizer that we create for an existing API. Serverless creates an authorizer only for its
 * own API.
 */
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

/** Returns the stack outputs that depend on the parameters. */
export function stackOutputs(deployment: Deployment): Outputs {
  const { agentCore, httpApiId, sharedFunctions } = deployment.parameters;
  const api = apiUrl(httpApiId);
  const output = (Description: string, Value: CloudFormationValue) => ({ Description, Value });
  return {
    ApiUrl: output('The API: POST /tools/{tool_name}', api),
    ...(sharedFunctions && { McpUrl: output('The tools for MCP clients', join([api, '/mcp'])) }),
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
