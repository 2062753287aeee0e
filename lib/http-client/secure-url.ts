// https://www.rfc-editor.org/rfc/rfc6890#section-2.2.2
const LOOPBACK_HOST = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/;

/**
 * Returns true for an https URL, and for an http URL of this machine. Our requests contain secrets, so we send them
 * only to such URLs.
 */
export function isSecureUrl(value: string): boolean {
  const url = URL.parse(value);
  if (!url || url.username || url.password || url.hash) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOST.test(url.hostname));
}

/** Returns true for a secure URL without a path, such as the URL of a Scalekit environment. */
export function isEnvironmentUrl(value: string): boolean {
  return isSecureUrl(value) && /^\w+:\/\/[^/?]+\/?$/.test(value);
}
