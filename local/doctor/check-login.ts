import * as z from 'zod';
import { METADATA_PATH } from '../../lib/discovery/declaration.ts';
import { MCP_PATH } from '../../lib/function-declaration.ts';
import { commaList, type Environment } from '../../lib/settings/parse-settings.ts';
import { type Finding, fault, notChecked, ok } from './finding.ts';

const ANSWER_MAX_MS = 10_000;
const ROOT_FIX =
  'Clients ask at the root of the host, which a named stage or the path of a base-path mapping does not serve. Serve the API at the stage $default or at the root of a domain.';

const ResourceMetadata = z.object({
  resource: z.string(),
  authorization_servers: z.tuple([z.string()], z.string()),
});
const ServerMetadata = z.object({
  issuer: z.string(),
  code_challenge_methods_supported: z.array(z.string()).default([]),
  registration_endpoint: z.string().optional(),
  client_id_metadata_document_supported: z.boolean().optional(),
});

/**
 * Takes the same steps as an MCP client that knows only the URL of `/mcp`, up to the login.
 * @param mcpUrl the output `McpUrl` of the deployment; undefined if it was not given
 */
export async function* checkLogin(
  mcpUrl: URL | undefined,
  { OIDC_AUDIENCE }: Environment,
): AsyncGenerator<Finding> {
  if (mcpUrl === undefined) {
    yield notChecked('How MCP clients find the login, without --mcp and the output McpUrl.');
    return;
  }
  const refusal = await checkRefusal(mcpUrl);
  yield refusal;
  if (refusal.verdict === 'FAULT') return;

  const metadata = await firstOf(metadataUrls(mcpUrl), ResourceMetadata);
  if (!metadata) {
    yield fault(
      `MCP clients cannot find the login: ${metadataUrls(mcpUrl).join(' and ')} have no metadata.`,
      mcpUrl.pathname === MCP_PATH ? 'Deploy with auth jwt, and set OIDC_ISSUER.' : ROOT_FIX,
    );
    return;
  }
  const { resource, authorization_servers: servers } = metadata;
  if (resource !== mcpUrl.href) {
    yield fault(`The metadata for ${mcpUrl} is that of ${resource}, so clients refuse it.`, ROOT_FIX);
    return;
  }
  yield audiencesOf(OIDC_AUDIENCE).includes(resource)
    ? ok(`MCP clients find the login of ${resource}, and OIDC_AUDIENCE holds this resource.`)
    : fault(
        `OIDC_AUDIENCE does not hold ${resource}.`,
        'Add it. MCP clients ask the issuer for tokens for this resource.',
      );
  yield await checkIssuer(servers[0]);
}

async function checkRefusal(mcpUrl: URL): Promise<Finding> {
  const status = await statusOf(mcpUrl);
  if (status === 401) return ok(`${mcpUrl} answers 401 without a token, so clients begin to log in.`);
  if (status === 403) {
    return fault(
      `${mcpUrl} answers 403 without a token, so clients do not log in.`,
      'Give your Lambda authorizer the identity source $request.header.Authorization. API Gateway then answers 401. With auth iam there is no login.',
    );
  }
  return fault(
    `${mcpUrl} ${status === undefined ? 'cannot be reached' : `answers ${status} without a token`}.`,
    'Copy the output McpUrl of the deployment.',
  );
}

async function checkIssuer(issuer: string): Promise<Finding> {
  const metadata = await firstOf(serverMetadataUrls(new URL(issuer)), ServerMetadata);
  if (metadata?.issuer !== issuer)
    return fault(`The issuer ${issuer} has no metadata of its own.`, 'Look at OIDC_ISSUER.');
  if (!metadata.code_challenge_methods_supported.includes('S256')) {
    return fault(
      `The issuer ${issuer} does not offer PKCE with S256, so MCP clients do not log in.`,
      'Turn PKCE on at the issuer. If it is on, have the issuer list it in code_challenge_methods_supported.',
    );
  }
  const joins = metadata.registration_endpoint || metadata.client_id_metadata_document_supported;
  return ok(
    joins
      ? `MCP clients register themselves with ${issuer}.`
      : `The issuer ${issuer} registers no client by itself: give each MCP client a client ID by hand.`,
  );
}

/**
 * The URLs are in the order in which the official MCP client tries them.
 * https://www.rfc-editor.org/rfc/rfc9728#section-3.1
 */
const metadataUrls = ({ origin, pathname }: URL) => [
  `${origin}${METADATA_PATH}${pathname}`,
  `${origin}${METADATA_PATH}`,
];

/** The paths of https://www.rfc-editor.org/rfc/rfc8414#section-3.1 and of OpenID Connect Discovery. */
function serverMetadataUrls({ origin, pathname }: URL): string[] {
  const path = pathname.replace(/\/$/, '');
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}/.well-known/openid-configuration${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
}

const audiencesOf = (setting: string | undefined) => commaList(z.string()).safeParse(setting).data ?? [];

async function statusOf(url: URL): Promise<number | undefined> {
  try {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(url, { method: 'POST', headers, body: '{}', ...limits() })).status;
  } catch {
    return undefined;
  }
}

/** Returns the first document that can be fetched and is valid, or undefined. */
async function firstOf<Schema extends z.ZodType>(
  urls: readonly string[],
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  for (const url of urls) {
    try {
      const response = await fetch(url, limits());
      if (response.ok) return schema.parse(await response.json());
    } catch {
      // The document may be at the next URL.
    }
  }
  return undefined;
}

const limits = () => ({ redirect: 'manual' as const, signal: AbortSignal.timeout(ANSWER_MAX_MS) });
