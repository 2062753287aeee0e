interface ReceivedHead {
  method: string;
  /** The target of the request line, or `:path` of HTTP/2. */
  target: string;
  /** Names and values alternate, as in Node.js. */
  rawHeaders: readonly string[];
  /** The server's port. */
  port: number;
  /** Paths to which any website may link. */
  linkedPaths?: RegExp | undefined;
}

const LOOPBACK = /^127(?:\.\d{1,3}){3}:\d+$/;
const OWN_SITES: ReadonlySet<string> = new Set(['none', 'same-origin']);

/**
 * Detects requests that a web page in the developer's browser may have caused. The page may come from another origin,
 * or from a host name that resolves to this machine.
 * https://developer.mozilla.org/docs/Glossary/Fetch_metadata_request_header
 * @returns the reason to reject the request; undefined if the request is allowed
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

  // A request target that does not begin with `/` contains a host or has no path.
  // https://www.rfc-editor.org/rfc/rfc9112#name-request-target
  if (!target.startsWith('/')) return 'The request target must be a path.';

  // Each of these headers can name the host, and servers use different ones. All of them must therefore be
  // valid.
  const hosts = [...valuesOf('host'), ...valuesOf(':authority')];
  const [host = ''] = hosts;
  const own = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`);
  // A web page can use a host name that leads first to its own server and then to this machine. With a
  // loopback address this is not possible.
  const isOwn = (name: string) => own.includes(name) || (LOOPBACK.test(name) && name.endsWith(`:${port}`));
  if (host === '' || !hosts.every((name) => isOwn(name.toLowerCase())))
    return `This server only accepts requests to ${own[0]} or ${own[1]}.`;

  if (!valuesOf('origin').every((origin) => origin === `http://${host.toLowerCase()}`))
    return 'This server rejects pages of other origins.';

  if (valuesOf('sec-fetch-site').every((site) => OWN_SITES.has(site))) return undefined;
  const isFollowedLink =
    method === 'GET' &&
    valuesOf('sec-fetch-mode').join() === 'navigate' &&
    valuesOf('sec-fetch-dest').join() === 'document';
  const [pathname = ''] = target.split('?', 1);
  return isFollowedLink && linkedPaths?.test(pathname)
    ? undefined
    : 'This server rejects pages of other sites.';
}
