// The JSON API between the console's page and its server. The page imports nothing from the server except
// these types.
import type { Effect } from '../../lib/contract/define-tool.ts';
import type { ErrorDetail } from '../../lib/errors/tool-error.ts';
import type { McpTool } from '../../lib/schemas/mcp.ts';
import type { CallTrace } from '../calls/call-trace.ts';
import type { SurfaceName } from '../invoke/surface-events.ts';

/** `GET /api/catalogue`: the tools, the users and the surfaces that can be selected. */
export interface Catalogue {
  tools: readonly CataloguedTool[];
  /** Known users, offered as suggestions. */
  users: readonly string[];
  surfaces: readonly { name: ConsoleSurface; title: string; takesKey: boolean; takesClaims: boolean }[];
  /**
   * True if Scalekit and the providers are emulated. Only then can the page add faults and change accounts.
   */
  isEmulated: boolean;
  /** Files that could not be loaded. For their tools, the earlier versions keep running. */
  problems: readonly { file: string; message: string }[];
  /** Changed files that need a restart of `npm start`, for example those in `lib/`. */
  needsRestart: readonly string[];
}

export interface CataloguedTool extends McpTool {
  connector: string;
  effect: Effect;
  scopes: readonly string[];
  /** Relative to the project. */
  file: string;
  /**
   * Inputs for which the emulated provider has data. If the provider has no such inputs, the list contains the
   * inputs of the contract's examples.
   */
  exampleInputs: readonly Readonly<Record<string, unknown>>[];
}

export type ConsoleSurface = SurfaceName | 'mcp';

/** The body of `POST /api/calls` and `POST /api/snippets`. */
export interface CallRequest {
  tool: string;
  surface: ConsoleSurface;
  /** The user. For surfaces with a token, the user is the token's `sub`. */
  identifier: string;
  /** Sent unchanged, even if it is not valid. */
  input: Record<string, unknown>;
  /** Claims besides `sub`, for surfaces with a token. */
  claims?: Record<string, unknown>;
  idempotencyKey?: string;
}

/** `GET /api/calls`: the latest calls from any source, newest first. */
export interface CallSummary {
  /** The Lambda request ID. */
  id: string;
  tool: string;
  surface: string;
  /** Null if the call was not authenticated, or if the local stack does not know the user. */
  identifier: string | null;
  /** ISO 8601. */
  startedAt: string;
  durationMs: number;
  /** The error code; null for a success. */
  code: string | null;
}

/** `GET /api/calls/{id}`, and the response of `POST /api/calls`. */
export interface RecordedCall extends CallSummary {
  /** The event that the function received. */
  event: unknown;
  clientContext: unknown;
  /** The function's response, in the format of the surface. */
  answer: unknown;
  /**
   * The output or the error object, without the response format of the surface, and its size. Tokens are
   * counted with the tokenizer of GPT-4o.
   */
  result: unknown;
  bytes: number;
  tokens: number;
  trace: CallTrace;
  /** The log line of the call. */
  log: Readonly<Record<string, unknown>> | null;
}

/** The response of `POST /api/snippets`: code that makes the call in the request. */
export interface Snippet {
  /** For example `curl`. */
  title: string;
  language: 'sh' | 'ts' | 'json';
  text: string;
  /** Notes on how to use the code. */
  note: string;
}

/** `GET /api/accounts`: the account status of each user on each connector. */
export interface AccountRow {
  identifier: string;
  /** Null if the account does not exist. */
  accounts: readonly { connector: string; status: string | null }[];
}

/** `POST /api/accounts/connect` with `{ identifier, connector }` returns the URL of the consent page. */
export interface ConsentLink {
  authorizationUrl: string;
}

/** `PUT /api/accounts`: only for the emulated Scalekit. Returns 204. */
export interface AccountChange {
  identifier: string;
  connector: string;
  status: 'EXPIRED' | 'DISCONNECTED' | 'PENDING_AUTH' | 'PENDING_VERIFICATION' | 'ACTIVE';
}

/**
 * The response of `GET /api/faults`, which exists only for the emulated Scalekit. `POST /api/faults` adds a
 * fault, whose fields are in local/scalekit/fault-schema.ts. `DELETE /api/faults/{id}` removes a fault, and
 * `DELETE /api/faults` removes all. These three requests return the new list.
 */
export interface FaultList {
  presets: readonly { title: string; explanation: string; fault: Record<string, unknown> }[];
  faults: readonly ActiveFault[];
}

export interface ActiveFault {
  id: string;
  /** The fault, exactly as in the request that added it. */
  fault: Record<string, unknown>;
  /** The number of requests that the fault has affected. */
  struck: number;
  /** The number of requests that the fault will still affect; null for no limit. */
  remaining: number | null;
}

/** The body of every failed request. The status is 400, 403, 404, 413, 500 or 502. */
export interface ConsoleErrorBody {
  message: string;
  details: readonly ErrorDetail[];
}

/**
 * The names of the events of `GET /api/changes` (server-sent events without data). Each name stands for one
 * of the lists in this file, and its event means that the list has changed.
 */
export type ChangeName = 'catalogue' | 'calls' | 'accounts' | 'faults';
