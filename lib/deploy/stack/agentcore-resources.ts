import type { Tool } from '../../contract/define-tool.ts';
import { agentCoreTool } from '../../schemas/agentcore.ts';
import { derivedName } from '../../schemas/derived-names.ts';
import type { PlainSchema } from '../../schemas/plain-schema.ts';
import { arnOf, functionLogicalId, logicalName, type Resources, ref, sub } from './cloudformation.ts';
import { type Deployment, toolFunctionsOf } from './deployment.ts';
import { jwtAuthorizer } from './jwt-authorizer.ts';
import { invokePolicies, role } from './role-resources.ts';

const INTERCEPTOR = functionLogicalId('interceptor');

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
    ...policies,
    ...targets(deployment, Object.keys(policies)),
  };
}

function gatewayResources(deployment: Deployment): Resources {
  const { stackName } = deployment;
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
      [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: arnOf(INTERCEPTOR) }],
    ),
    Gateway: {
      Type: 'AWS::BedrockAgentCore::Gateway',
      Properties: {
        Name: stackName,
        Description: `The tools of ${stackName}`,
        RoleArn: arnOf('GatewayRole'),
        ProtocolType: 'MCP',
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

function authorizer({ settings, parameters: { agentCoreClients } }: Deployment) {
  const { issuerUrl, audience } = jwtAuthorizer(settings);
  const { REQUIRED_SCOPE: scope } = settings;
  return {
    DiscoveryUrl: `${issuerUrl.replace(/\/$/, '')}/.well-known/openid-configuration`,
    // Tokens with a client instead of an audience, such as Cognito's, have no audience to check.
    ...(agentCoreClients.length > 0 ? { AllowedClients: agentCoreClients } : { AllowedAudience: audience }),
    ...(scope && { AllowedScopes: [scope] }),
  };
}

/** Created one after the other, because a gateway accepts only five new targets a second. */
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
        // Only the interceptor passes the caller's token.
        MetadataConfiguration: { AllowedRequestHeaders: ['x-identifier'] },
      },
    };
    dependsOn = [logicalId];
  }
  return resources;
}

/** CloudFormation capitalises the names of the API. */
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
