import { ToolError } from '../errors/tool-error.ts';
import { jsonBytes } from '../text/json.ts';
import { type BedrockEvent, bedrockInput, bedrockParameters, readBedrockEvent } from './bedrock-event.ts';
import { assertOwnTool, type Surface } from './surface.ts';

// Bedrock rejects a response of 25 KB or more. The user's whole request then fails.
const ANSWER_BYTES_MAX = 24_999;
// The response also contains the session attributes. They must leave this space for the body, because an error can
// need so much.
const BODY_BYTES_MIN = 2_000;

/**
 * An action group of Bedrock Agents Classic, with function details or an OpenAPI schema. The body of the response is
 * the output or `{"error": {…}}` as JSON text. Session attributes are returned unchanged.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html
 */
export const bedrockSurface: Surface = {
  name: 'bedrock',
  receive(rawEvent, { awsRequestId = null }, tool) {
    const event = readBedrockEvent(rawEvent);
    if (!event) return undefined;
    return {
      answerBytesMax: ANSWER_BYTES_MAX,
      sendsNoKeys: true,
      sender: event.agent && `${event.agent.id}/${event.agent.alias}`,
      caller() {
        assertOwnTool(toolName(event), tool);
        assertRoom(event);
        return { identifier: identifierOf(event) };
      },
      input: () => bedrockInput(tool.input, bedrockParameters(event)),
      answer: (output) => respond(event, output),
      answerError: (error) => respond(event, error.toBody(awsRequestId), error),
    };
  },
};

/** Returns the tool that the event names. Returns undefined if no tool has the event's path and method. */
function toolName(event: BedrockEvent): string | undefined {
  if ('function' in event) return event.function;
  if (event.httpMethod.toUpperCase() !== 'POST') return undefined;
  return /^\/tools\/([^/]+)$/.exec(event.apiPath)?.[1];
}

/**
 * Returns the identifier from the session attributes, which the application sets when it calls InvokeAgent. The model
 * cannot write them.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/agents-session-state.html
 * @throws ToolError `unauthenticated` if the attribute is missing
 */
function identifierOf({ sessionAttributes }: BedrockEvent): unknown {
  const attributes = Object(sessionAttributes);
  if (Object.hasOwn(attributes, 'identifier')) return attributes.identifier;
  throw new ToolError('unauthenticated', {
    message:
      "The session attribute identifier is missing. The application that calls InvokeAgent sets it to the user's identifier, in sessionState.sessionAttributes.",
  });
}

/**
 * Rejects the call if its response would not fit. We check this before anything is sent to the provider, because a
 * write must not run without a response.
 */
function assertRoom(event: BedrockEvent): void {
  if (jsonBytes(respond(event, '')) + BODY_BYTES_MIN <= ANSWER_BYTES_MAX) return;
  throw new ToolError('internal_error', {
    message:
      'The session attributes are part of every answer and leave no room for the output. The operator should make them smaller.',
  });
}

function respond(event: BedrockEvent, body: unknown, error?: ToolError): object {
  const { messageVersion, actionGroup, sessionAttributes, promptSessionAttributes } = event;
  const content = { body: JSON.stringify(body) };
  const response =
    'function' in event
      ? {
          actionGroup,
          function: event.function,
          functionResponse: {
            // REPROMPT lets the model try again. The alternative, FAILURE, would end the user's session.
            ...(error?.code === 'invalid_input' && { responseState: 'REPROMPT' }),
            responseBody: { TEXT: content },
          },
        }
      : {
          actionGroup,
          apiPath: event.apiPath,
          httpMethod: event.httpMethod,
          httpStatusCode: error?.status ?? 200,
          responseBody: { 'application/json': content },
        };
  return { messageVersion, response, sessionAttributes, promptSessionAttributes };
}
