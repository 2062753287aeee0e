// https://www.rfc-editor.org/rfc/rfc6890#section-2.2.2
const LOOPBACK_HOST = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/;

/** https, or http to this machine itself: secrets, users and keys travel over these URLs. */
export function isSecureUrl(value: string): boolean {
  const url = URL.parse(value);
  if (!url || url.username || url.password || url.hash) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOST.test(url.hostname));
}

/** A secure URL without a path, as a Scalekit environment has it. */
export function isEnvironmentUrl(value: string): boolean {
  return isSecureUrl(value) && /^\w+:\/\/[^/?]+\/?$/.test(value);
}
