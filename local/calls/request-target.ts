import type { ClientRequest } from 'node:http';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import type { TracedRequest } from './call-trace.ts';

type Target = Pick<TracedRequest, 'to' | 'method' | 'target'>;

const PROXY_PREFIX = '/proxy';
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html */
const AWS_TARGET = /^(\w+)\.(\w+)$/;

/**
 * Returns the destination of a tool's request, for example `provider` or `table`, with its method and path.
 * The settings contain the URLs of the destinations.
 * @param variables the settings of the functions
 */
export function requestTarget(request: ClientRequest, variables: Environment): Target {
  const { method, path } = request;
  const [, service, operation = ''] = AWS_TARGET.exec(header(request, 'x-amz-target')) ?? [];
  if (service?.startsWith('DynamoDB')) return { to: 'table', method, target: operation };
  if (service) return { to: 'other', method, target: `${service}.${operation}` };
  const origin = `${request.protocol}//${header(request, 'host') || request.host}`;
  if (origin === originOf(variables.OIDC_ISSUER)) return { to: 'issuer', method, target: path };
  if (origin !== originOf(variables.SCALEKIT_ENV_URL)) return { to: 'other', method, target: origin + path };
  if (path.startsWith(`${PROXY_PREFIX}/`))
    return { to: 'provider', method, target: path.slice(PROXY_PREFIX.length) };
  return { to: path.startsWith('/oauth/') ? 'token' : 'account', method, target: path };
}

function header(request: ClientRequest, name: string): string {
  return String(request.getHeader(name) ?? '');
}

function originOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : URL.parse(url)?.origin;
}
