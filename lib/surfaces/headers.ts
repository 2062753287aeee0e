import type { APIGatewayProxyEventHeaders } from 'aws-lambda';
import { ToolError } from '../errors/tool-error.ts';

/**
 * Returns the value of a header, or undefined if the header is missing. The name in `headers` may be in upper or lower
 * case.
 * @param name the name in lower case
 * @throws ToolError `unauthenticated` for a duplicate header, because two values could name two users
 */
export function headerValue<Value>(
  headers: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  const values = Object.entries(headers).filter(([key]) => key.toLowerCase() === name);
  if (values.length <= 1) return values[0]?.[1];
  throw new ToolError('unauthenticated', {
    message: `The header ${name} came more than once. Send it once.`,
  });
}

// https://www.w3.org/TR/trace-context/#traceparent-header
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace and the span of the caller that a call belongs to. */
export interface TraceParent {
  /** The unchanged header `traceparent`. */
  header: string;
  traceId: string;
}

/** Parses a `traceparent`. Returns undefined if it is not a valid `traceparent` of version 00. */
export function parseTraceparent(value: unknown): TraceParent | undefined {
  const match = typeof value === 'string' ? TRACEPARENT.exec(value) : null;
  return match?.[1] === undefined ? undefined : { header: match[0], traceId: match[1] };
}

/** Reads the request header `traceparent`. */
export function headerTraceparent(
  headers: Readonly<APIGatewayProxyEventHeaders> | null | undefined,
): TraceParent | undefined {
  const [, value] =
    Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'traceparent') ?? [];
  return parseTraceparent(value);
}

/** The values of `accept` that include JSON, with the most specific first. */
const RANGES = ['application/json', 'application/*', '*/*'];

/**
 * Returns true if the client accepts JSON as a response.
 * https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 * @param accept the value of the header; null or empty if the client accepts anything
 */
export function acceptsJson(accept: string | null): boolean {
  if (!accept?.trim()) return true;
  const qualities = new Map(accept.toLowerCase().split(',').map(readRange));
  const quality = RANGES.map((range) => qualities.get(range)).find((known) => known !== undefined);
  return quality !== undefined && quality > 0;
}

function readRange(text: string): [range: string, quality: number] {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return [range, Number(quality?.slice('q='.length) ?? 1)];
}

/**
 * Returns the header `X-Amzn-Trace-Id` that continues a caller's trace in a Lambda function. X-Ray accepts trace IDs
 * in W3C format.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 * @param current the header of this invocation. We keep its sampling decision, so that callers cannot force X-Ray to
 * record their traces. We also keep its lineage, because Lambda uses the lineage to detect loops
 */
export function amazonTraceHeader({ header, traceId }: TraceParent, current = ''): string {
  const [, , parent = ''] = header.split('-');
  const kept = current.split(';').filter((part) => /^(?:Sampled|Lineage)=/.test(part));
  return [`Root=1-${traceId.slice(0, 8)}-${traceId.slice(8)}`, `Parent=${parent}`, ...kept].join(';');
}
