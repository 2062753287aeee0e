/**
 * The client context that AgentCore Gateway sends to a Lambda target.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-add-target-lambda.html
 * @param headers the headers that the gateway propagates from its caller
 */
export function agentCoreClientContext(tool: string, headers: unknown, changes: object = {}) {
  return {
    custom: {
      bedrockAgentCoreMessageVersion: '1.0',
      bedrockAgentCoreAwsRequestId: '5e9a3f0c-8f52-4c3a-9a57-1c1b2f6f2a11',
      bedrockAgentCoreMcpMessageId: 'call-7',
      bedrockAgentCoreGatewayId: 'tools-gateway-abc123',
      bedrockAgentCoreTargetId: 'TARGET1234',
      bedrockAgentCoreToolName: `acme-target___${tool}`,
      bedrockAgentCorePropagatedHeaders: headers,
      ...changes,
    },
  };
}
