interface ReceivedHead {
  method: string;
  /** The target of the request line, or `:path` of HTTP/2. */
  target: string;
  /** Names and values in turn, as Node.js gives them. */
  rawHeaders: readonly string[];
  /** The port of the server. */
  port: number;
  /** The paths to which any website may link. */
  linkedPaths?: RegExp | undefined;
}

const LOOPBACK = /^127(?:\.\d{1,3}){3}:\d+$/;
const OWN_SITES: ReadonlySet<string> = new Set(['none', 'same-origin']);

/**
 * Finds out whether a web page in the developer's browser may have caused a request to a server on this machine: a page
 * of another origin, or one whose name was made to point at this machine.
 * https://developer.mozilla.org/docs/Glossary/Fetch_metadata_request_header
 * @returns why the request is refused, in one sentence; undefined for a request to serve
 */
export function refusalOf({
  method,
  target,
  rawHeaders,
  port,
  linkedPaths,
}: ReceivedHead): string | undefined {
  const valuesOf = (name: string) =>
    rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);

  // Other forms name a host of their own, or no path at all. https://www.rfc-editor.org/rfc/rfc9112#name-request-target
  if (!target.startsWith('/')) return 'Only a path may be asked for.';

  // Each of these names the host, and servers differ in which one they believe.
  const hosts = [...valuesOf('host'), ...valuesOf(':authority')];
  const [host = ''] = hosts;
  const own = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`);
  // An address cannot be made to point elsewhere, as a name can.
  const isOwn = (name: string) => own.includes(name) || (LOOPBACK.test(name) && name.endsWith(`:${port}`));
  if (host === '' || !hosts.every((name) => isOwn(name.toLowerCase())))
    return `Only requests to ${own[0]} or ${own[1]} may ask this server.`;

  if (!valuesOf('origin').every((origin) => origin === `http://${host.toLowerCase()}`))
    return 'No page of another origin may ask this server.';

  if (valuesOf('sec-fetch-site').every((site) => OWN_SITES.has(site))) return undefined;
  const isFollowedLink =
    method === 'GET' &&
    valuesOf('sec-fetch-mode').join() === 'navigate' &&
    valuesOf('sec-fetch-dest').join() === 'document';
  const [pathname = ''] = target.split('?', 1);
  return isFollowedLink && linkedPaths?.test(pathname)
    ? undefined
    : 'No page of another site may ask this server.';
}
