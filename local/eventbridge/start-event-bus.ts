import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import * as z from 'zod';
import { readBody } from '../gateway/read-body.ts';
import { listenOnLoopback } from '../listen-on-loopback.ts';

const REQUEST_LIMIT_BYTES = 1024 * 1024;
const PUT_EVENTS = 'AWSEvents.PutEvents';

const PutEvents = z.object({
  Entries: z
    .array(
      z.object({
        EventBusName: z.string().default('default'),
        Source: z.string().min(1),
        DetailType: z.string().min(1),
        Detail: z.string(),
      }),
    )
    .min(1)
    .max(10),
});

/** An event as it was put. */
interface PutEvent {
  EventBusName: string;
  Source: string;
  DetailType: string;
  Detail: unknown;
}

export interface EventBus {
  url: string;
  /** The events that were put, in turn. */
  events: PutEvent[];
  /** The settings with which functions find it. */
  variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * The part of EventBridge that takes events, which stay here; `GET /events` shows them. Signatures are not checked.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export async function startEventBus({ port = 0 }: { port?: number } = {}): Promise<EventBus> {
  const events: PutEvent[] = [];

  async function answerTo(request: IncomingMessage): Promise<[status: number, body: unknown]> {
    const { 'x-amz-target': target } = request.headers;
    if (request.method === 'GET' && request.url === '/events') return [200, { events }];
    if (target !== PUT_EVENTS) return [400, { __type: 'UnknownOperationException' }];
    const body = await readBody(request, REQUEST_LIMIT_BYTES);
    const parsed = PutEvents.safeParse(body === 'too large' ? undefined : JSON.parse(body.toString()));
    if (!parsed.success) return [400, { __type: 'ValidationException' }];
    const entries = parsed.data.Entries.map((entry) => {
      const event = { ...entry, Detail: objectOf(entry.Detail) };
      if (!event.Detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
      events.push(event);
      return { EventId: randomUUID() };
    });
    const failed = entries.filter((entry) => 'ErrorCode' in entry);
    return [200, { FailedEntryCount: failed.length, Entries: entries }];
  }

  const server = createServer(async (request, response) => {
    const [status, body] = await answerTo(request).catch(() => [400, { __type: 'SerializationException' }]);
    response.writeHead(Number(status), { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  const listener = await listenOnLoopback(server, port);
  return {
    url: listener.url,
    events,
    variables: { AWS_ENDPOINT_URL_EVENTBRIDGE: listener.url },
    close: listener.close,
  };
}

/** A detail is a JSON object. */
function objectOf(detail: string): object | undefined {
  try {
    const value: unknown = JSON.parse(detail);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
