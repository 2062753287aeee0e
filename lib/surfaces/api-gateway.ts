import { httpAnswer, httpErrorAnswer } from './api-gateway-answer.ts';
import { HttpEvent, httpCaller, httpInput } from './api-gateway-event.ts';
import { headerTraceparent, headerValue } from './headers.ts';
import type { Surface } from './surface.ts';
import { parseIdempotencyKey } from './surface.ts';

/** API Gateway's HTTP API, payload format 2.0: `POST /tools/{tool_name}`, a JSON object in, JSON out. */
export const httpSurface: Surface = {
  name: 'http',
  receive(rawEvent, { awsRequestId = null }) {
    const { success, data: event } = HttpEvent.safeParse(rawEvent);
    if (!success) return undefined;
    return {
      traceparent: headerTraceparent(event.headers),
      caller: () => httpCaller(event),
      input: () => httpInput(event),
      idempotencyKey: () =>
        parseIdempotencyKey(headerValue(event.headers ?? {}, 'idempotency-key'), 'idempotency-key'),
      answer: (output, replayed) =>
        httpAnswer(200, JSON.stringify(output), awsRequestId, replayHeader(replayed)),
      answerError: (error, replayed) => httpErrorAnswer(error, awsRequestId, replayHeader(replayed)),
    };
  },
};

function replayHeader(replayed = false): Record<string, string> {
  return replayed ? { 'idempotent-replayed': 'true' } : {};
}
