import { ToolError } from '../errors/tool-error.ts';
import { parseJson } from '../text/parse-json.ts';
import { headerValue } from './header-value.ts';
import { HttpEvent } from './http-event.ts';
import type { Surface, SurfaceCaller } from './surface.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** API Gateway's HTTP API, payload format 2.0: `POST /tools/{tool_name}`, a JSON object in, JSON out. */
export const httpSurface: Surface = {
  name: 'http',
  receive(rawEvent, { awsRequestId = null }) {
    const { success, data: event } = HttpEvent.safeParse(rawEvent);
    if (!success) return undefined;
    return {
      caller: () => callerOf(event),
      input: () => inputOf(event),
      answer: (output) => respond(200, output, awsRequestId),
      answerError(error) {
        const { retryAfterSeconds: seconds } = error;
        const retryAfter = seconds === null ? {} : { 'retry-after': String(seconds) };
        return respond(error.status, error.toBody(awsRequestId), awsRequestId, retryAfter);
      },
    };
  },
};

function callerOf({ requestContext, headers }: HttpEvent): SurfaceCaller {
  const named = headerValue(headers ?? {}, 'x-identifier');
  const { jwt, lambda, iam } = requestContext.authorizer ?? {};
  const claims = jwt?.claims ?? lambda;
  if (claims) return { caller: { kind: 'token', claims }, named };
  if (iam) return { caller: { kind: 'iam' }, named };
  throw new ToolError('unauthenticated', {
    message: 'No authorizer verified the caller. The operator should put one before this route.',
  });
}

function inputOf(event: HttpEvent): object {
  const body = bodyText(event);
  return body.trim() === '' ? {} : parseObject(body);
}

function bodyText({ body, isBase64Encoded }: HttpEvent): string {
  if (!body) return '';
  if (!isBase64Encoded) return body;
  try {
    return utf8.decode(Buffer.from(body, 'base64'));
  } catch (cause) {
    throw notAnObject('the body is not UTF-8 text', cause);
  }
}

function parseObject(body: string): object {
  const value = parseJson(body);
  if (value === undefined) throw notAnObject('the body is not JSON');
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw notAnObject('the body is JSON, but not an object');
}

function notAnObject(issue: string, cause?: unknown): ToolError {
  return new ToolError('invalid_input', { details: [{ path: '', issue }], cause });
}

function respond(
  statusCode: number,
  body: unknown,
  requestId: string | null,
  headers: Record<string, string> = {},
) {
  return {
    statusCode,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(requestId && { 'x-request-id': requestId }),
      ...headers,
    },
    body: JSON.stringify(body),
  };
}
