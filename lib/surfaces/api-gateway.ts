import { apiGatewayAnswer, apiGatewayErrorAnswer } from './api-gateway-answer.ts';
import { ApiGatewayEvent, apiGatewayCaller, apiGatewayInput } from './api-gateway-event.ts';
import { headerTraceparent, headerValue } from './headers.ts';
import type { Surface } from './surface.ts';
import { parseIdempotencyKey } from './surface.ts';

/**
 * API Gateway's HTTP API, payload format 2.0. A call is `POST /tools/{tool_name}` with a JSON object as the body. The
 * response is JSON.
 */
export const apiGatewaySurface: Surface = {
  name: 'http',
  receive(rawEvent, { awsRequestId = null }) {
    const { success, data: event } = ApiGatewayEvent.safeParse(rawEvent);
    if (!success) return undefined;
    return {
      traceparent: headerTraceparent(event.headers),
      caller: () => apiGatewayCaller(event),
      input: () => apiGatewayInput(event),
      idempotencyKey: () =>
        parseIdempotencyKey(headerValue(event.headers ?? {}, 'idempotency-key'), 'idempotency-key'),
      answer: (output, replayed) =>
        apiGatewayAnswer(200, JSON.stringify(output), awsRequestId, replayHeader(replayed)),
      answerError: (error, replayed) => apiGatewayErrorAnswer(error, awsRequestId, replayHeader(replayed)),
    };
  },
};

function replayHeader(replayed = false): Record<string, string> {
  return replayed ? { 'idempotent-replayed': 'true' } : {};
}
