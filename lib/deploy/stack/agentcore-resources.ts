import type { Tool } from '../../contract/define-tool.ts';
import { agentCoreTool } from '../../schemas/agentcore.ts';
import { derivedName } from '../../schemas/derived-names.ts';
import type { PlainSchema } from '../../schemas/plain-schema.ts';
import { arnOf, functionLogicalId, logicalName, type Resources, ref, sub } from './cloudformation.ts';
import { type Deployment, jwtAuthorizer, toolFunctionsOf } from './deployment.ts';
import { invokePolicies, role } from './role-resources.ts';

const INTERCEPTOR = functionLogicalId('interceptor');

// The MCP revisions that the gateway accepts. It rejects clients of any other revision.
// https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-using.html
const SUPPORTED_VERSIONS = ['2025-11-25', '2026-07-28'];
// The permissions that a gateway needs to ask its policy engine: one to call a tool, one to list tools.
// https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-permissions.html
const AUTHORIZE_ACTIONS = [
  'bedrock-agentcore:AuthorizeAction',
  'bedrock-agentcore:PartiallyAuthorizeActions',
];
// The claim of the caller's token that contains the user.
const USER_DIMENSION = '$.context.jwt.sub';

/**
 * Returns the AgentCore Gateway with a target for each tool.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrockagentcore-gateway.html
 * @throws AuthoringError if AgentCore cannot express a contract
 */
export function agentCoreResources(deployment: Deployment): Resources {
  if (!deployment.parameters.agentCore) return {};
  const toolNames = toolFunctionsOf(deployment).map(({ key }) => key);
  const policies = invokePolicies('Gateway', ref('GatewayRole'), toolNames, deployment);
  return {
    ...gatewayResources(deployment),
    ...rateLimit(deployment),
    ...policies,
    ...targets(deployment, Object.keys(policies)),
  };
}

function gatewayResources(deployment: Deployment): Resources {
  const { stackName, parameters } = deployment;
  const { agentCoreSearch, agentCorePolicyEngine: policyEngine, agentCorePolicyMode: mode } = parameters;
  return {
    GatewayRole: role(
      deployment,
      {
        service: 'bedrock-agentcore.amazonaws.com',
        // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-prerequisites-permissions.html
        condition: {
          StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
          ArnLike: {
            'aws:SourceArn': sub(
              `arn:\${AWS::Partition}:bedrock-agentcore:\${AWS::Region}:\${AWS::AccountId}:gateway/*`,
            ),
          },
        },
      },
      [
        { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: arnOf(INTERCEPTOR) },
        ...(policyEngine ? policyStatements(policyEngine, stackName) : []),
      ],
    ),
    Gateway: {
      Type: 'AWS::BedrockAgentCore::Gateway',
      Properties: {
        Name: stackName,
        Description: `The tools of ${stackName}`,
        RoleArn: arnOf('GatewayRole'),
        ProtocolType: 'MCP',
        ProtocolConfiguration: {
          Mcp: {
            SupportedVersions: SUPPORTED_VERSIONS,
            // AWS accepts this property only when the gateway is created.
            ...(agentCoreSearch && { SearchType: 'SEMANTIC' }),
          },
        },
        ...(policyEngine && { PolicyEngineConfiguration: { Arn: policyEngine, Mode: mode } }),
        AuthorizerType: 'CUSTOM_JWT',
        AuthorizerConfiguration: { CustomJWTAuthorizer: authorizer(deployment) },
        InterceptorConfigurations: [
          {
            Interceptor: { Lambda: { Arn: arnOf(INTERCEPTOR) } },
            InterceptionPoints: ['REQUEST'],
            InputConfiguration: { PassRequestHeaders: true },
          },
        ],
      },
    },
  };
}

function policyStatements(policyEngine: string, stackName: string) {
  // The role must exist before the gateway, so we do not know the gateway's ID. The ID starts with the gateway's name,
  // and a wildcard matches the rest.
  const gateways = `arn:\${AWS::Partition}:bedrock-agentcore:\${AWS::Region}:\${AWS::AccountId}:gateway/${stackName.toLowerCase()}-*`;
  return [
    { Effect: 'Allow', Action: 'bedrock-agentcore:GetPolicyEngine', Resource: policyEngine },
    { Effect: 'Allow', Action: AUTHORIZE_ACTIONS, Resource: [policyEngine, sub(gateways)] },
  ];
}

/**
 * A limit of requests per minute for each user. If AWS cannot count a user's requests, it allows them.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-rate-limits.html
 */
function rateLimit({ parameters: { agentCoreRequestsPerMinute: rate } }: Deployment): Resources {
  if (!rate) return {};
  return {
    GatewayRateLimit: {
      Type: 'AWS::BedrockAgentCore::GatewayRateLimit',
      Properties: {
        GatewayIdentifier: { 'Fn::GetAtt': ['Gateway', 'GatewayIdentifier'] },
        DimensionKeys: [USER_DIMENSION],
        Entries: [{ Dimensions: { [USER_DIMENSION]: '*' }, Requests: [{ Rate: rate, Period: 'minute' }] }],
      },
    },
  };
}

function authorizer({ settings, parameters: { agentCoreClients } }: Deployment) {
  const { issuerUrl, audience } = jwtAuthorizer(settings);
  const { REQUIRED_SCOPE: scope } = settings;
  return {
    DiscoveryUrl: `${issuerUrl.replace(/\/$/, '')}/.well-known/openid-configuration`,
    // Some tokens, such as Cognito's access tokens, name a client and no audience. For these tokens, the gateway
    // checks the client.
    ...(agentCoreClients.length > 0 ? { AllowedClients: agentCoreClients } : { AllowedAudience: audience }),
    ...(scope && { AllowedScopes: [scope] }),
  };
}

/**
 * Returns the targets. Each target depends on the previous one, because a gateway accepts only five new targets a
 * second.
 */
function targets(deployment: Deployment, before: readonly string[]): Resources {
  const resources: Resources = {};
  let dependsOn = before;
  for (const { key, tool } of toolFunctionsOf(deployment)) {
    const logicalId = `${logicalName(key)}Target`;
    resources[logicalId] = {
      Type: 'AWS::BedrockAgentCore::GatewayTarget',
      DependsOn: dependsOn,
      Properties: {
        GatewayIdentifier: { 'Fn::GetAtt': ['Gateway', 'GatewayIdentifier'] },
        Name: derivedName(key),
        TargetConfiguration: {
          Mcp: {
            Lambda: {
              LambdaArn: arnOf(functionLogicalId(key)),
              ToolSchema: { InlinePayload: [toolDefinition(tool)] },
            },
          },
        },
        CredentialProviderConfigurations: [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' }],
        // The gateway drops all other headers of the caller. The interceptor adds the caller's token.
        MetadataConfiguration: { AllowedRequestHeaders: ['x-identifier'] },
      },
    };
    dependsOn = [logicalId];
  }
  return resources;
}

/** Returns the tool's definition with capitalised keys, as CloudFormation requires. */
function toolDefinition(tool: Tool) {
  const { name, description, inputSchema, outputSchema } = agentCoreTool(tool);
  return {
    Name: name,
    Description: description,
    InputSchema: schemaDefinition(inputSchema),
    OutputSchema: schemaDefinition(outputSchema),
  };
}

function schemaDefinition({ type, description, properties, required, items }: PlainSchema): object {
  return {
    Type: type,
    Description: description,
    ...(properties && {
      Properties: Object.fromEntries(
        Object.entries(properties).map(([key, property]) => [key, schemaDefinition(property)]),
      ),
    }),
    ...(required && { Required: required }),
    ...(items && { Items: schemaDefinition(items) }),
  };
}
