import type { IncomingMessage, ServerResponse } from 'node:http';
import { Code, ConnectError } from '@connectrpc/connect';
import * as z from 'zod';
import type { AccessTokens } from './access-tokens.ts';
import { faultSchema } from './fault-schema.ts';
import { type AddedFault, type Faults, remainingOf } from './faults.ts';
import { readJson, sendJson } from './http-exchange.ts';
import type { MagicLinks } from './magic-links.ts';
import type { RequestLog } from './recorded-request.ts';
import { accountStatusSchema, scalekitSeedSchema } from './scalekit-seed.ts';
import type { Account, ScalekitState } from './scalekit-state.ts';

export const CONTROL_PREFIX = '/emulator/';

const ACCOUNT_PATH = /^\/emulator\/accounts\/([^/]+)\/([^/]+)$/;
const FAULT_PATH = /^\/emulator\/faults\/([^/]+)$/;

const accountChangeSchema = z.strictObject({
  status: accountStatusSchema.optional(),
  accessToken: z.string().min(1).optional(),
});

export interface ControlApiOptions {
  readonly state: ScalekitState;
  readonly links: MagicLinks;
  readonly tokens: AccessTokens;
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly reset: () => void;
}

type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Lets a person look into the emulator and change it while it runs. */
export function createControlApi({ state, links, tokens, log, faults, reset }: ControlApiOptions) {
  const routes: Readonly<Record<string, Route>> = {
    'GET /emulator/state': (_request, response) => sendJson(response, 200, describeState(state)),
    'GET /emulator/requests': (_request, response) => sendJson(response, 200, { requests: log.entries }),
    'DELETE /emulator/requests': (_request, response) => {
      log.clear();
      sendNoContent(response);
    },
    'POST /emulator/expire-tokens': (_request, response) => {
      tokens.expireAll();
      sendNoContent(response);
    },
    'GET /emulator/faults': (_request, response) =>
      sendJson(response, 200, { faults: faults.all.map(describeFault) }),
    'POST /emulator/faults': async (request, response) => {
      const fault = parse(faultSchema, await readJson(request));
      sendJson(response, 201, describeFault(faults.add(fault)));
    },
    'DELETE /emulator/faults': (_request, response) => {
      faults.clear();
      sendNoContent(response);
    },
    'POST /emulator/reset': (_request, response) => {
      reset();
      sendNoContent(response);
    },
    'POST /emulator/seed': async (request, response) => {
      const seed = parse(scalekitSeedSchema, await readJson(request));
      state.load(seed);
      links.reset();
      sendJson(response, 200, describeState(state));
    },
  };

  return async (request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> => {
    const route = routes[`${request.method} ${pathname}`];
    const [, connection, identifier] = ACCOUNT_PATH.exec(pathname) ?? [];
    const [, faultId] = FAULT_PATH.exec(pathname) ?? [];
    if (route !== undefined) {
      await route(request, response);
    } else if (connection !== undefined && identifier !== undefined) {
      await changeAccount(request, response, decode(connection), decode(identifier));
    } else if (faultId !== undefined && request.method === 'DELETE' && faults.remove(decode(faultId))) {
      sendNoContent(response);
    } else {
      throw new ConnectError('Not Found', Code.NotFound);
    }
  };

  async function changeAccount(
    request: IncomingMessage,
    response: ServerResponse,
    connection: string,
    identifier: string,
  ): Promise<void> {
    if (request.method === 'PUT') {
      const change = parse(accountChangeSchema, await readJson(request));
      sendJson(response, 200, describeAccount(state.setAccount(connection, identifier, change)));
    } else if (request.method === 'DELETE' && state.deleteAccount(connection, identifier)) {
      sendNoContent(response);
    } else {
      throw new ConnectError('Not Found', Code.NotFound);
    }
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new ConnectError(z.prettifyError(parsed.error), Code.InvalidArgument);
  }
  return parsed.data;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new ConnectError('the path is not URL-encoded', Code.InvalidArgument, undefined, undefined, cause);
  }
}

function describeState(state: ScalekitState) {
  return {
    connections: state.connections,
    grants: state.grants.map(({ accessToken: _hidden, ...grant }) => ({ ...grant, hasAccessToken: true })),
    accounts: state.accounts.map(describeAccount),
  };
}

function describeAccount({ accessToken, ...account }: Account) {
  return { ...account, hasAccessToken: accessToken !== undefined };
}

function describeFault(added: AddedFault) {
  const { id, fault, struck } = added;
  return { id, ...fault, struck, remaining: remainingOf(added) };
}

function sendNoContent(response: ServerResponse): void {
  response.writeHead(204);
  response.end();
}
