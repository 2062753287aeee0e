import * as z from 'zod';
import type { ErrorDetail } from '../../../lib/errors/tool-error.ts';
import { SURFACE_NAMES } from '../../invoke/surface-events.ts';
import type { CallRequest } from '../console-api.ts';

/** A rejected request of the page. The message is shown to the user of the page. */
export class ConsoleError extends Error {
  override readonly name = 'ConsoleError';
  readonly status: 400 | 403 | 404 | 413 | 502;
  readonly details: readonly ErrorDetail[];

  constructor(status: ConsoleError['status'], message: string, details: readonly ErrorDetail[] = []) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

const CallRequestSchema = z.strictObject({
  tool: z.string(),
  surface: z.enum([...SURFACE_NAMES, 'mcp']),
  identifier: z.string(),
  input: z.record(z.string(), z.unknown()),
  claims: z.record(z.string(), z.unknown()).exactOptional(),
  idempotencyKey: z.string().exactOptional(),
}) satisfies z.ZodType<CallRequest>;

export const ConnectRequest = z.strictObject({ identifier: z.string(), connector: z.string() });
export const AccountChangeRequest = ConnectRequest.extend({
  status: z.enum(['EXPIRED', 'DISCONNECTED', 'PENDING_AUTH', 'PENDING_VERIFICATION', 'ACTIVE']),
});

/** @throws ConsoleError if the body is not a call, or if there is no such tool */
export function readCallRequest(body: unknown, tools: ReadonlySet<string>): CallRequest {
  const call = parseRequest(CallRequestSchema, body);
  if (!tools.has(call.tool)) throw new ConsoleError(404, `There is no tool ${call.tool}.`);
  return call;
}

/** @throws ConsoleError that lists each error */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const details = error.issues.map(({ path, message }) => ({ path: path.join('.'), issue: message }));
  throw new ConsoleError(400, 'The request is not valid.', details);
}
