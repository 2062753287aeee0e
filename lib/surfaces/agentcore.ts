import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';
import { ToolError } from '../errors/tool-error.ts';
import { parseJson } from '../text/json.ts';
import { headerValue } from './headers.ts';
import { assertOwnTool, type Surface, type SurfaceCaller } from './surface.ts';

const Headers = lazily(() => z.record(z.string(), z.unknown()));
const ClientContext = lazily(() => {
  const Custom = Headers().nullish();
  return z.object({ custom: Custom, Custom });
});

const OWN_KEY = 'bedrockAgentCore';
const TARGET_SEPARATOR = '___';
// https://www.rfc-editor.org/rfc/rfc6750#section-2.1
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/**
 * A Lambda target of AgentCore Gateway. The event is the tool's input. All other data is in the client context. The
 * response is the output, or `{"error": {…}}`.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-add-target-lambda.html
 */
export const agentCoreSurface: Surface = {
  name: 'agentcore',
  hasClientContext: true,
  receive(input, { clientContext, awsRequestId = null }, tool) {
    const custom = customOf(clientContext);
    // The model writes the event and could imitate the event of another surface. The model cannot write the context.
    if (!Object.keys(custom).some((key) => key.startsWith(OWN_KEY))) return undefined;
    const { bedrockAgentCoreGatewayId: gatewayId } = custom;
    return {
      sendsNoKeys: true,
      sender: typeof gatewayId === 'string' ? gatewayId : undefined,
      caller() {
        assertOwnTool(toolName(custom.bedrockAgentCoreToolName), tool);
        return callerOf(custom.bedrockAgentCorePropagatedHeaders);
      },
      input: () => input ?? {},
      answer: (output) => output,
      answerError: (error) => error.toBody(awsRequestId),
    };
  },
};

/**
 * Returns the custom data of the client context. Senders name the key `Custom` or `custom`, and the Node.js runtime of
 * Lambda does not rename it.
 */
function customOf(clientContext: unknown): Record<string, unknown> {
  const { data } = ClientContext().safeParse(clientContext);
  return { ...data?.Custom, ...data?.custom };
}

/**
 * Returns the tool's name without the name of the gateway's target in front of it. The last separator ends the
 * target's name.
 */
function toolName(name: unknown): unknown {
  if (typeof name !== 'string') return undefined;
  const separator = name.lastIndexOf(TARGET_SEPARATOR);
  return separator < 0 ? name : name.slice(separator + TARGET_SEPARATOR.length);
}

function callerOf(propagated: unknown): SurfaceCaller {
  const { data: headers = {} } = Headers().safeParse(
    typeof propagated === 'string' ? parseJson(propagated) : propagated,
  );
  const authorization = headerValue(headers, 'authorization');
  const named = headerValue(headers, 'x-identifier');
  const [, bearer] = (typeof authorization === 'string' && BEARER.exec(authorization)) || [];
  if (bearer === undefined) {
    throw new ToolError('unauthenticated', {
      message:
        'The call has no user token. The operator should set the gateway to pass the header Authorization on, as "Bearer" and a token.',
    });
  }
  if (named !== undefined && typeof named !== 'string') {
    throw new ToolError('unauthenticated', { message: 'The header x-identifier must be one text.' });
  }
  return { bearer, named };
}
