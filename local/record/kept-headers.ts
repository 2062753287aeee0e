const KEPT: readonly RegExp[] = [
  /^content-type$/,
  /^retry-after$/,
  /^link$/,
  /^(?:x-)?ratelimit-[a-z-]+$/,
  /^x-hubspot-ratelimit-[a-z-]+$/,
  /^x-(?:accepted-)?oauth-scopes$/,
  /^x-github-(?:sso|request-id)$/,
  /^sforce-limit-info$/,
];

/** The headers of an answer that tools and error tables read; no other is ever kept. */
export function keptHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value !== undefined && KEPT.some((pattern) => pattern.test(name))
        ? [[name, [value].flat().join(', ')]]
        : [],
    ),
  );
}
