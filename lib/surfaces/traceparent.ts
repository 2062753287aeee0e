import type { APIGatewayProxyEventHeaders } from 'aws-lambda';

// https://www.w3.org/TR/trace-context/#traceparent-header
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The place of a call in a trace of its caller. */
export interface TraceParent {
  /** The header `traceparent`, as it came. */
  header: string;
  traceId: string;
}

/** Returns undefined for anything that is not a valid `traceparent` of version 00. */
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

/**
 * Returns the header `X-Amzn-Trace-Id` that continues a caller's trace in a function of AWS. X-Ray accepts the IDs of W3C.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 * @param current the header of this invocation; its sampling decision stays, so that no caller can have traces recorded,
 * and so does its lineage, from which Lambda detects loops
 */
export function amazonTraceHeader({ header, traceId }: TraceParent, current = ''): string {
  const [, , parent = ''] = header.split('-');
  const kept = current.split(';').filter((part) => /^(?:Sampled|Lineage)=/.test(part));
  return [`Root=1-${traceId.slice(0, 8)}-${traceId.slice(8)}`, `Parent=${parent}`, ...kept].join(';');
}
