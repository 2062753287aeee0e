import { headerValue } from './header-value.ts';
import { httpAnswer, httpErrorAnswer } from './http-answer.ts';
import { httpCaller } from './http-caller.ts';
import { HttpEvent } from './http-event.ts';
import { httpInput } from './http-input.ts';
import { parseIdempotencyKey } from './idempotency-key.ts';
import type { Surface } from './surface.ts';
import { headerTraceparent } from './traceparent.ts';

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
