const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/** https, except on the machine itself: what is sent there is a secret or a user, or comes from there as a key. */
export function isSecureUrl(value: string): boolean {
  const url = URL.parse(value);
  if (!url || url.username || url.password || url.hash) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname));
}

/** The same for the URL of a Scalekit environment, which has no path. */
export function isEnvironmentUrl(value: string): boolean {
  return isSecureUrl(value) && /^\w+:\/\/[^/?]+\/?$/.test(value);
}
