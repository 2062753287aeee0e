import type { ClientRequest } from 'node:http';
import type { Environment } from '../../lib/settings/environment.ts';
import type { TracedRequest } from './call-trace.ts';

type Target = Pick<TracedRequest, 'to' | 'method' | 'target'>;

const PROXY_PREFIX = '/proxy';

/**
 * What a request of a tool's function is for, by where it goes.
 * @param variables the settings of the functions
 */
export function requestTarget(request: ClientRequest, variables: Environment): Target {
  const { method, path } = request;
  const operation = awsOperation(request);
  if (operation?.service.startsWith('DynamoDB')) return { to: 'table', method, target: operation.name };
  if (operation) return { to: 'other', method, target: `${operation.service}.${operation.name}` };
  const origin = `${request.protocol}//${request.getHeader('host') ?? hostOf(request)}`;
  if (origin === originOf(variables.OIDC_ISSUER)) return { to: 'issuer', method, target: path };
  if (origin !== originOf(variables.SCALEKIT_ENV_URL)) return { to: 'other', method, target: origin + path };
  if (path.startsWith(`${PROXY_PREFIX}/`))
    return { to: 'provider', method, target: path.slice(PROXY_PREFIX.length) };
  return { to: path.startsWith('/oauth/') ? 'token' : 'account', method, target: path };
}

/** Node.js keeps a list of headers only as the text that it sends. */
function headerText(request: ClientRequest): string {
  return '_header' in request && typeof request._header === 'string' ? request._header : '';
}

function hostOf(request: ClientRequest): string {
  return /^host: (.+?)\r$/im.exec(headerText(request))?.[1] ?? request.host;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html */
function awsOperation(request: ClientRequest): { service: string; name: string } | undefined {
  const [, service = '', name = ''] = /^x-amz-target: (\w+)\.(\w+)\r$/im.exec(headerText(request)) ?? [];
  return service ? { service, name } : undefined;
}

function originOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : URL.parse(url)?.origin;
}
