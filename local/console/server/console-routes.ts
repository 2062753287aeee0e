import { readSettings } from '../../../lib/settings/settings.ts';
import type { ToolReloader } from '../../reload/tool-reloader.ts';
import { knownUsers } from '../../scalekit/seed-of-providers.ts';
import type { Stack } from '../../stack.ts';
import { callOnSurface } from './call-on-surface.ts';
import { callSnippets } from './call-snippets.ts';
import { accountsOf, allAccounts, changeAccount, connectAccount } from './console-accounts.ts';
import { consoleCatalogue } from './console-catalogue.ts';
import { addFault, endFaults, faultList } from './console-faults.ts';
import {
  AccountChangeRequest,
  ConnectRequest,
  ConsoleError,
  parseRequest,
  readCallRequest,
} from './read-request.ts';
import { type KnownUsers, knownUsersByHash, recordedCall, summaryOf } from './recorded-call.ts';

export interface RouteRequest {
  pathParameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The JSON body; undefined if the request has no body. */
  body: unknown;
}

/** Returns the JSON response; undefined means 204. @throws ConsoleError */
export type ConsoleRoute = (request: RouteRequest) => unknown;

/** The API of the console's page. The file console-api.ts describes it. */
export function consoleRoutes(
  stack: Stack,
  reloader: ToolReloader | undefined,
): Readonly<Record<string, ConsoleRoute>> {
  const readCall = (body: unknown) =>
    readCallRequest(body, new Set(stack.tools.map(({ tool }) => tool.name)));

  return {
    'GET /api/catalogue': () => consoleCatalogue(stack, reloader),
    'GET /api/calls': () => stack.calls.calls.map((call) => summaryOf(call, usersOf(stack))),
    'GET /api/calls/{id}': ({ pathParameters: { id = '' } }) => {
      const stored = stack.calls.find(id);
      if (!stored) throw new ConsoleError(404, 'This call is no longer available.');
      return recordedCall(stored, usersOf(stack));
    },
    'POST /api/calls': async ({ body }) => {
      const call = readCall(body);
      const { stored, received } = await callOnSurface(call, stack);
      const recorded = await recordedCall(stored, usersOf(stack), received);
      return { ...recorded, surface: call.surface };
    },
    'POST /api/snippets': ({ body }) => {
      const call = readCall(body);
      const file = stack.tools.find(({ tool }) => tool.name === call.tool)?.file ?? '';
      return callSnippets(call, file, stack);
    },
    'GET /api/accounts': ({ query }) => {
      const identifier = query.get('identifier');
      return identifier === null ? allAccounts(stack) : accountsOf(identifier, stack);
    },
    'POST /api/accounts/connect': ({ body }) => connectAccount(parseRequest(ConnectRequest, body), stack),
    'PUT /api/accounts': ({ body }) => changeAccount(parseRequest(AccountChangeRequest, body), stack),
    'GET /api/faults': () => faultList(stack),
    'POST /api/faults': ({ body }) => addFault(body, stack),
    'DELETE /api/faults': () => endFaults(undefined, stack),
    'DELETE /api/faults/{id}': ({ pathParameters: { id } }) => endFaults(id, stack),
  };
}

function usersOf({ scalekit, providers, variables }: Stack): KnownUsers {
  const users = scalekit ? knownUsers(scalekit, providers) : [];
  return knownUsersByHash(users, readSettings(variables).SCALEKIT_CLIENT_SECRET);
}
