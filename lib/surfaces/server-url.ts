import { headerValue } from './header-value.ts';
import type { HttpEvent } from './http-event.ts';

/**
 * Where the API is served, as its caller sees it: with the stage, or the path of a custom domain.
 * @param path the path that was called, below that address
 */
export function serverUrl({ headers, rawPath }: HttpEvent, path: string): string {
  const host = headerValue(headers ?? {}, 'host');
  const scheme = headerValue(headers ?? {}, 'x-forwarded-proto');
  const url = host && scheme ? URL.parse(`${scheme}://${host}${rawPath ?? path}`) : null;
  // Below the address of the document itself.
  if (!url?.pathname.endsWith(path)) return '/';
  return url.origin + url.pathname.slice(0, -path.length);
}
