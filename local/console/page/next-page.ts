import type { CallRequest, CataloguedTool, RecordedCall } from '../console-api.ts';
import { isJsonObject } from './json-object.ts';

/** The call that gets what follows a page; null where it is no list or its end. */
export function nextPage(
  tool: CataloguedTool,
  { idempotencyKey: _, ...request }: CallRequest,
  { result }: RecordedCall,
): CallRequest | null {
  const cursor = isJsonObject(result) ? result.next_cursor : undefined;
  if (typeof cursor !== 'string' || !('cursor' in tool.inputSchema.properties)) return null;
  return { ...request, input: { ...request.input, cursor } };
}
