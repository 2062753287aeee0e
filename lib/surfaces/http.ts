import { ToolError } from '../errors/tool-error.ts';
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
  const named = headerValue(headers, 'x-identifier');
  const { jwt, lambda, iam } = requestContext.authorizer ?? {};
  const claims = jwt?.claims ?? lambda;
  if (claims) return { caller: { kind: 'token', claims }, named };
  if (iam) return { caller: { kind: 'iam' }, named };
  throw new ToolError('unauthenticated', {
    message: 'No authorizer verified the caller. The operator should put one before this route.',
  });
}

/** API Gateway writes names in lower case; where others do not, a name that comes twice names nobody. */
function headerValue(headers: HttpEvent['headers'], name: string): string | undefined {
  const values = Object.entries(headers ?? {}).filter(([key]) => key.toLowerCase() === name);
  if (values.length <= 1) return values[0]?.[1];
  throw new ToolError('unauthenticated', {
    message: `The header ${name} came more than once. Send it once.`,
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
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw notAnObject('the body is not JSON', cause);
  }
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
