import { readSettings } from '../../lib/settings/settings.ts';
import { knownUsers } from '../application/known-users.ts';
import type { ToolReloader } from '../reload/tool-reloader.ts';
import type { Stack } from '../stack.ts';
import { callOnSurface } from './call-on-surface.ts';
import { AccountChangeRequest, ConnectRequest, parseRequest, readCallRequest } from './call-request.ts';
import { callSnippets } from './call-snippets.ts';
import { accountsOf, allAccounts, changeAccount, connectAccount } from './console-accounts.ts';
import { consoleCatalogue } from './console-catalogue.ts';
import { ConsoleError } from './console-error.ts';
import { addFault, endFaults, faultList } from './console-faults.ts';
import { type KnownUsers, knownUsersByHash, recordedCall, summaryOf } from './recorded-call.ts';

interface RouteRequest {
  /** The last part of a path that ends in one, such as the ID of a call. */
  id: string;
  query: URLSearchParams;
  /** What came as JSON; undefined where nothing did. */
  body: unknown;
}

/** What is answered as JSON; undefined for nothing. @throws ConsoleError */
export type Route = (request: RouteRequest) => unknown;

/** What the page asks for, by method and path; `*` stands for the last part of it. */
export function consoleRoutes(
  stack: Stack,
  reloader: ToolReloader | undefined,
): Readonly<Record<string, Route>> {
  const readCall = (body: unknown) =>
    readCallRequest(body, new Set(stack.tools.map(({ tool }) => tool.name)));

  return {
    'GET /api/catalogue': () => consoleCatalogue(stack, reloader),
    'GET /api/calls': () => stack.calls.calls.map((call) => summaryOf(call, usersOf(stack))),
    'GET /api/calls/*': ({ id }) => {
      const kept = stack.calls.find(id);
      if (!kept) throw new ConsoleError(404, 'This call is not kept any more.');
      return recordedCall(kept, usersOf(stack));
    },
    'POST /api/calls': async ({ body }) => {
      const call = readCall(body);
      const { kept, received } = await callOnSurface(call, stack);
      const recorded = await recordedCall(kept, usersOf(stack), received);
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
    'DELETE /api/faults/*': ({ id }) => endFaults(id, stack),
  };
}

function usersOf({ scalekit, providers, variables }: Stack): KnownUsers {
  const users = scalekit ? knownUsers(scalekit, providers) : [];
  return knownUsersByHash(users, readSettings(variables).SCALEKIT_CLIENT_SECRET);
}
