import * as z from 'zod';
import { defineTool, type Tool } from '../../lib/contract/define-tool.ts';
import type { ConnectorTools } from '../../lib/contract/tools-by-connector.ts';
import type { Runner } from '../../lib/create-runner.ts';
import { type ProviderPath, path } from '../../lib/provider/path.ts';

/** A read from the provider as the user. It changes nothing. */
export interface Probe {
  /** The name to show in messages. */
  name: string;
  /**
   * @returns the granted scopes that the provider reports; undefined if the provider does not list them
   * @throws ToolError
   */
  run(runner: Runner, identifier: string): Promise<string[] | undefined>;
}

/** Requests that any account may make. */
const READS: Readonly<Record<string, { path: ProviderPath; query?: Record<string, string> }>> = {
  // https://docs.github.com/en/rest/users/users#get-the-authenticated-user
  github: { path: path`/user` },
  // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels/list
  gmail: { path: path`/gmail/v1/users/me/labels` },
  // https://developers.hubspot.com/docs/api-reference/account-account-info-v3/details/get-account-info-v3-details
  hubspot: { path: path`/account-info/v3/details` },
  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm
  salesforce: { path: path`/query`, query: { q: 'SELECT Id FROM User LIMIT 1' } },
  // https://docs.slack.dev/reference/methods/auth.test
  slack: { path: path`/api/auth.test` },
};

/**
 * Returns a read for the connector: its request in `READS`, or otherwise a tool that reads and needs no
 * input. Returns undefined if the connector has neither.
 */
export function probeOf({ connector, tools, scopes }: ConnectorTools): Probe | undefined {
  const read = READS[connector.name];
  if (!read) return probeWith(tools);
  const tool = defineTool({
    connector,
    name: `${connector.name}_check_proxy`,
    effect: 'read',
    scopes,
    description: 'Reads what the account of any user has.',
    output: { scopes: z.array(z.string()).nullable() },
    examples: [],
    async run(_input, { api }) {
      const { headers } = await api.get(read.path, { query: read.query ?? {} });
      return { scopes: grantedScopes(headers) };
    },
  });
  return {
    name: `GET ${read.path.template}`,
    run: async (runner, identifier) => (await runner.run(tool, { identifier })).scopes ?? undefined,
  };
}

function probeWith(tools: readonly Tool[]): Probe | undefined {
  for (const tool of tools) {
    const input = smallestInput(tool);
    if (!input) continue;
    return {
      name: tool.name,
      async run(runner, identifier) {
        await runner.run(tool, { identifier, input });
        return undefined;
      },
    };
  }
  return undefined;
}

/**
 * Returns the scopes in a header of GitHub, or null if the header is missing. Slack sends the same header.
 * https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
 */
function grantedScopes(headers: Readonly<Record<string, string>>): string[] | null {
  const scopes = (headers['x-oauth-scopes'] ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
  return scopes.length > 0 ? scopes : null;
}

/**
 * Returns the smallest input of a tool that reads. Returns undefined if the tool writes, or if it has
 * required fields.
 */
export function smallestInput({ effect, input, list }: Tool): Record<string, unknown> | undefined {
  const smallest = list ? { max_results: 1 } : {};
  return effect === 'read' && input.safeParse(smallest).success ? smallest : undefined;
}
