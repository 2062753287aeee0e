import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { callResult } from './call-result.ts';

const REQUEST = 'connect_account';
// A client reports when the user opens the link, but not when the user has consented. We therefore call the tool again
// after each pause. Until the user has consented, the account check ends each of these calls.
const PAUSE_MS = 5_000;
const PAUSES_MAX = 4;
// The maximum number of requests, one after another, that wait for the consent. Each request waits as long as a
// function may run. The official client repeats a request at most ten times.
const WAITING_REQUESTS_MAX = 5;

const AuthorizationRequired = z.looseObject({
  error: z.looseObject({ code: z.literal('authorization_required'), authorization_url: z.string() }),
});

// The envelope of a client that can open links. Requests have an envelope since MCP revision 2026-07-28.
const OpensLinks = z.looseObject({
  [CLIENT_CAPABILITIES_META_KEY]: z.looseObject({
    elicitation: z.looseObject({ url: z.looseObject({}) }),
  }),
});

/** The parts of a client's request that concern elicitation. */
type Request = Pick<ServerContext['mcpReq'], 'envelope' | 'inputResponses' | 'requestState'>;

interface ConnectOptions {
  /** Calls the tool. */
  call(): Promise<Record<string, unknown>>;
  /** Waits before the tool is called again. Returns false if there is no time left for another call. */
  pause(durationMs: number): Promise<boolean>;
  /** The name of the connector. */
  connector: string;
}

/**
 * Calls a tool. If the user must first connect an account, a client that can open links shows the link to the user.
 * After the user has consented, the client gets the output. Every other client gets the error with the link.
 * https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation#url-mode
 */
export async function callConnecting(
  request: Request,
  { call, pause, connector }: ConnectOptions,
): Promise<CallToolResult | InputRequiredResult> {
  let answer = await call();
  const link = linkIn(answer);
  if (link === undefined || !OpensLinks.safeParse(request.envelope).success) return callResult(answer);

  const response = inputResponse(request.inputResponses, REQUEST);
  const waited = waitedRequests(request.requestState());
  if (response.kind !== 'elicit' && waited === 0) {
    const message = `To go on, connect your account on ${connector}.`;
    return inputRequired({ inputRequests: { [REQUEST]: inputRequired.elicitUrl({ message, url: link }) } });
  }
  const isRefused = response.kind === 'elicit' && response.action !== 'accept';
  if (isRefused || waited >= WAITING_REQUESTS_MAX) return callResult(answer);

  for (let pauses = 0; pauses < PAUSES_MAX && (await pause(PAUSE_MS)); pauses += 1) {
    answer = await call();
    if (linkIn(answer) === undefined) return callResult(answer);
  }
  return inputRequired({ requestState: `waited ${waited + 1}` });
}

function linkIn(answer: unknown): string | undefined {
  return AuthorizationRequired.safeParse(answer).data?.error.authorization_url;
}

/**
 * Returns how many requests have already waited. The client sends this number and could change it. It decides only how
 * long the client waits.
 */
function waitedRequests(state: unknown): number {
  const [, digit] = typeof state === 'string' ? (/^waited (\d)$/.exec(state) ?? []) : [];
  return Number(digit ?? 0);
}
