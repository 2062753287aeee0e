import { ToolError } from '../errors/tool-error.ts';
import { headerValue } from '../surfaces/header-value.ts';
import type { HttpEvent } from '../surfaces/http-event.ts';

/**
 * Refuses web pages of other origins, which a browser could have call for its user.
 * https://modelcontextprotocol.io/specification/2026-07-28/basic/transports#security-warning
 * @param allowed further origins, or `*` for all
 * @throws ToolError `forbidden`
 */
export function refuseForeignOrigin({ headers }: HttpEvent, allowed: readonly string[]): void {
  const origin = headerValue(headers ?? {}, 'origin');
  if (origin === undefined || allowed.includes('*') || allowed.includes(origin)) return;
  const host = headerValue(headers ?? {}, 'host');
  if (host !== undefined && URL.parse(origin)?.host === host) return;
  throw new ToolError('forbidden', {
    message: 'Web pages of this origin may not call the tools. The operator can allow it in ALLOWED_ORIGINS.',
  });
}
