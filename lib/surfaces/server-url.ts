import { headerValue } from './header-value.ts';
import type { HttpEvent } from './http-event.ts';

/**
 * Returns the URL of the API as its caller sees it, with the stage or the path of a custom domain.
 * @param path the path of the request below that URL
 */
export function serverUrl({ headers, rawPath }: HttpEvent, path: string): string {
  const host = headerValue(headers ?? {}, 'host');
  const scheme = headerValue(headers ?? {}, 'x-forwarded-proto');
  const url = host && scheme ? URL.parse(`${scheme}://${host}${rawPath ?? path}`) : null;
  // A URL relative to the document itself.
  if (!url?.pathname.endsWith(path)) return '/';
  return url.origin + url.pathname.slice(0, -path.length);
}
