import * as z from 'zod';
import { readConnectorSettings } from '../../../lib/settings/settings.ts';
import { knownUsers } from '../../scalekit/seed-of-providers.ts';
import type { Stack } from '../../stack.ts';
import type { AccountChange, AccountRow, ConsentLink } from '../console-api.ts';
import { ConsoleError } from './read-request.ts';

const Accounts = z.object({
  accounts: z.array(z.object({ connector: z.string(), status: z.string().nullable() })),
});
const Link = z.object({ authorization_url: z.string() });
const Failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** The accounts of all users known to the emulated Scalekit. For a real environment the list is empty. */
export function allAccounts(stack: Stack): AccountRow[] {
  const { scalekit } = stack;
  if (!scalekit) return [];
  const connections = connectionsOf(stack);
  return knownUsers(scalekit, stack.providers).map((identifier) => ({
    identifier,
    accounts: [...connections].map(([connector, connection]) => ({
      connector,
      status: scalekit.getAccount(connection, identifier)?.status ?? null,
    })),
  }));
}

/** The accounts of one user, from the deployed API. @throws ConsoleError */
export async function accountsOf(identifier: string, stack: Stack): Promise<AccountRow[]> {
  const { accounts } = await callAccounts('GET', '/accounts', identifier, Accounts, stack);
  return [{ identifier, accounts }];
}

/** Gets a link to the consent page from the deployed API. @throws ConsoleError */
export async function connectAccount(
  { identifier, connector }: { identifier: string; connector: string },
  stack: Stack,
): Promise<ConsentLink> {
  const path = `/accounts/${encodeURIComponent(connector)}/authorize`;
  const { authorization_url: authorizationUrl } = await callAccounts('POST', path, identifier, Link, stack);
  return { authorizationUrl };
}

/** Changes an account of the emulated Scalekit. @throws ConsoleError */
export function changeAccount({ identifier, connector, status }: AccountChange, stack: Stack): void {
  const connection = connectionsOf(stack).get(connector);
  if (!stack.scalekit)
    throw new ConsoleError(400, 'Accounts of a real Scalekit environment cannot be changed here.');
  if (connection === undefined) throw new ConsoleError(404, `There is no connector ${connector}.`);
  try {
    stack.scalekit.setAccount(connection, identifier, { status });
  } catch (error) {
    throw new ConsoleError(400, error instanceof Error ? error.message : String(error));
  }
}

/** The Scalekit connection of each connector that has tools. */
function connectionsOf({ tools, variables }: Stack): ReadonlyMap<string, string> {
  return new Map(
    tools.map(({ tool: { connector } }) => [
      connector.name,
      readConnectorSettings(connector, variables).connection,
    ]),
  );
}

async function callAccounts<Schema extends z.ZodType>(
  method: string,
  path: string,
  identifier: string,
  schema: Schema,
  { gateway, issuer }: Stack,
): Promise<z.output<Schema>> {
  const response = await fetch(gateway.url + path, {
    method,
    headers: { authorization: `Bearer ${await issuer.sign({ sub: identifier })}` },
  });
  const body: unknown = await response.json();
  const parsed = schema.safeParse(body);
  if (response.ok && parsed.success) return parsed.data;
  const { code, message } = Failure.safeParse(body).data?.error ?? {
    code: String(response.status),
    message: '',
  };
  throw new ConsoleError(502, `${code}: ${message}`);
}
