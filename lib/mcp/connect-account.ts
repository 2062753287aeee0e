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
// A client says that its user opens the link, and not when the consent is given. Each look is a call of the tool, which
// stops at the account again.
const PAUSE_MS = 5_000;
const PAUSES_MAX = 4;
// The number of requests that wait, each as long as a function may run. The official client repeats a request at most
// ten times.
const WAITING_REQUESTS_MAX = 5;

const AuthorizationRequired = z.looseObject({
  error: z.looseObject({ code: z.literal('authorization_required'), authorization_url: z.string() }),
});

// Only requests of revision 2026-07-28 or later have an envelope.
const OpensLinks = z.looseObject({
  [CLIENT_CAPABILITIES_META_KEY]: z.looseObject({
    elicitation: z.looseObject({ url: z.looseObject({}) }),
  }),
});

/** The client's support for elicitation, from its request. */
type Request = Pick<ServerContext['mcpReq'], 'envelope' | 'inputResponses' | 'requestState'>;

interface ConnectOptions {
  /** Calls the tool. */
  call(): Promise<Record<string, unknown>>;
  /** Waits before the next look. Returns false if there is no time left for it. */
  pause(durationMs: number): Promise<boolean>;
  /** The name of the connector. */
  connector: string;
}

/**
 * Calls a tool. If the user has to connect an account first, a client that can open links asks the user to, and gets the
 * answer after the consent. Every other client gets the error with the link.
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

/** The state comes from the client. It only decides how long the client keeps waiting. */
function waitedRequests(state: unknown): number {
  const [, digit] = typeof state === 'string' ? (/^waited (\d)$/.exec(state) ?? []) : [];
  return Number(digit ?? 0);
}
