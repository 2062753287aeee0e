const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/** https, or http to this machine itself: secrets, users and keys travel over these URLs. */
export function isSecureUrl(value: string): boolean {
  const url = URL.parse(value);
  if (!url || url.username || url.password || url.hash) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname));
}

/** A secure URL without a path, as a Scalekit environment has it. */
export function isEnvironmentUrl(value: string): boolean {
  return isSecureUrl(value) && /^\w+:\/\/[^/?]+\/?$/.test(value);
}
