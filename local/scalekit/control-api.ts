import type { IncomingMessage, ServerResponse } from 'node:http';
import { Code, ConnectError } from '@connectrpc/connect';
import * as z from 'zod';
import { Router } from '../router.ts';
import type { AccessTokens } from './access-tokens.ts';
import { FaultSchema } from './fault-schema.ts';
import { type AddedFault, type Faults, remainingOf } from './faults.ts';
import { readJson, sendJson } from './http-exchange.ts';
import type { MagicLinks } from './magic-links.ts';
import type { RequestLog } from './recorded-request.ts';
import { AccountStatusSchema, ScalekitSeedSchema } from './scalekit-seed.ts';
import type { Account, ScalekitState } from './scalekit-state.ts';

export const CONTROL_PREFIX = '/emulator/';

const AccountChangeSchema = z.strictObject({
  status: AccountStatusSchema.optional(),
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

type Serve = (
  request: IncomingMessage,
  response: ServerResponse,
  pathParameters: Readonly<Record<string, string>>,
) => void | Promise<void>;

/** Lets a person inspect and change the emulator while it runs. */
export function createControlApi({ state, links, tokens, log, faults, reset }: ControlApiOptions) {
  const router = new Router<Serve>([
    ['GET /emulator/state', (_request, response) => sendJson(response, 200, describeState(state))],
    ['GET /emulator/requests', (_request, response) => sendJson(response, 200, { requests: log.entries })],
    ['DELETE /emulator/requests', change(() => log.clear())],
    ['POST /emulator/expire-tokens', change(() => tokens.expireAll())],
    [
      'GET /emulator/faults',
      (_request, response) => sendJson(response, 200, { faults: faults.all.map(describeFault) }),
    ],
    [
      'POST /emulator/faults',
      async (request, response) => {
        const fault = parse(FaultSchema, await readJson(request));
        sendJson(response, 201, describeFault(faults.add(fault)));
      },
    ],
    ['DELETE /emulator/faults', change(() => faults.clear())],
    ['DELETE /emulator/faults/{id}', change(({ id = '' }) => assertFound(faults.remove(id)))],
    ['POST /emulator/reset', change(reset)],
    [
      'POST /emulator/seed',
      async (request, response) => {
        const seed = parse(ScalekitSeedSchema, await readJson(request));
        state.load(seed);
        links.reset();
        sendJson(response, 200, describeState(state));
      },
    ],
    [
      'PUT /emulator/accounts/{connection}/{identifier}',
      async (request, response, { connection = '', identifier = '' }) => {
        const accountChange = parse(AccountChangeSchema, await readJson(request));
        sendJson(response, 200, describeAccount(state.setAccount(connection, identifier, accountChange)));
      },
    ],
    [
      'DELETE /emulator/accounts/{connection}/{identifier}',
      change(({ connection = '', identifier = '' }) =>
        assertFound(state.deleteAccount(connection, identifier)),
      ),
    ],
  ]);

  return async (request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> => {
    const found = router.find(request.method, pathname);
    if (!found) throw new ConnectError('Not Found', Code.NotFound);
    await found.target(request, response, found.pathParameters);
  };
}

/** Creates a route that makes a change and returns 204. */
function change(apply: (pathParameters: Readonly<Record<string, string>>) => void): Serve {
  return (_request, response, pathParameters) => {
    apply(pathParameters);
    response.writeHead(204).end();
  };
}

function assertFound(isFound: boolean): void {
  if (!isFound) throw new ConnectError('Not Found', Code.NotFound);
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new ConnectError(z.prettifyError(parsed.error), Code.InvalidArgument);
  }
  return parsed.data;
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
