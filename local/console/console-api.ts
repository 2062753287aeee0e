// What the console's page and its server say to each other, as JSON. The page imports nothing else of the server.
import type { Effect } from '../../lib/contract/define-tool.ts';
import type { ErrorDetail } from '../../lib/errors/tool-error.ts';
import type { McpTool } from '../../lib/schemas/mcp.ts';
import type { CallTrace } from '../calls/call-trace.ts';
import type { SurfaceName } from '../invoke/surface-events.ts';

/** `GET /api/catalogue`: what there is to call. */
export interface Catalogue {
  tools: readonly CataloguedTool[];
  /** Who can be called for, without typing. */
  users: readonly string[];
  surfaces: readonly { name: ConsoleSurface; title: string; takesKey: boolean; takesClaims: boolean }[];
  /** Whether Scalekit and the providers are emulated: then there are fault switches, and accounts can be changed. */
  isEmulated: boolean;
  /** Files that could not be taken up; the tools that they held before go on. */
  problems: readonly { file: string; message: string }[];
  /** Changed files that need `npm start` to be started again, such as those of `lib/`. */
  needsRestart: readonly string[];
}

export interface CataloguedTool extends McpTool {
  connector: string;
  effect: Effect;
  scopes: readonly string[];
  /** Relative to the project. */
  file: string;
  /** Of the emulated provider, where it has one that it answers; else those of the contract. */
  exampleInputs: readonly Readonly<Record<string, unknown>>[];
}

export type ConsoleSurface = SurfaceName | 'mcp';

/** What `POST /api/calls` and `POST /api/snippets` take. */
export interface CallRequest {
  tool: string;
  surface: ConsoleSurface;
  /** For whom: of a surface with a token its `sub`. */
  identifier: string;
  /** As it is, be it valid or not. */
  input: Record<string, unknown>;
  /** Claims besides `sub`, for surfaces with a token. */
  claims?: Record<string, unknown>;
  idempotencyKey?: string;
}

/** `GET /api/calls`: what was called lately, from here or from anywhere else, newest first. */
export interface CallSummary {
  /** Its Lambda request ID. */
  id: string;
  tool: string;
  surface: string;
  /** Null where nobody was established, or it is none of the users that the stack knows. */
  identifier: string | null;
  /** ISO 8601. */
  startedAt: string;
  durationMs: number;
  /** The error's code; null for a success. */
  code: string | null;
}

/** `GET /api/calls/{id}`, and what `POST /api/calls` answers. */
export interface RecordedCall extends CallSummary {
  /** What reached the function. */
  event: unknown;
  clientContext: unknown;
  /** What the function answered, in the form of the surface. */
  answer: unknown;
  /** The output or the object with `error`, out of that form, and its size; tokens as GPT-4o and later count them. */
  result: unknown;
  bytes: number;
  tokens: number;
  trace: CallTrace;
  /** The call's one log line. */
  log: Readonly<Record<string, unknown>> | null;
}

/** `POST /api/snippets`: the same call, to be copied. */
export interface Snippet {
  /** Such as `curl`. */
  title: string;
  language: 'sh' | 'ts' | 'json';
  text: string;
  /** What to know before using it. */
  note: string;
}

/** `GET /api/accounts`: the status of each user's account on each connector, by user. */
export interface AccountRow {
  identifier: string;
  /** Null for an account that does not exist. */
  accounts: readonly { connector: string; status: string | null }[];
}

/** `POST /api/accounts/connect`: `{ identifier, connector }` gives the consent page to open. */
export interface ConsentLink {
  authorizationUrl: string;
}

/** `PUT /api/accounts`, of the emulated Scalekit alone. 204. */
export interface AccountChange {
  identifier: string;
  connector: string;
  status: 'EXPIRED' | 'DISCONNECTED' | 'PENDING_AUTH' | 'PENDING_VERIFICATION' | 'ACTIVE';
}

/**
 * `GET /api/faults`, of the emulated Scalekit alone.
 * `POST /api/faults` takes a fault of local/scalekit/fault-schema.ts and answers the list; `DELETE /api/faults/{id}`
 * and `DELETE /api/faults` do, too.
 */
export interface FaultList {
  presets: readonly { title: string; explanation: string; fault: Record<string, unknown> }[];
  faults: readonly ActiveFault[];
}

export interface ActiveFault {
  id: string;
  /** As it was posted. */
  fault: Record<string, unknown>;
  /** How many requests it has struck. */
  struck: number;
  /** How many it will still strike; null where it has no end. */
  remaining: number | null;
}

/** What any request is answered with that is refused, with the status 400, 403, 404, 413 or 502. */
export interface Refusal {
  message: string;
  details: readonly ErrorDetail[];
}

/** The events of `GET /api/changes` (server-sent events without data): which of the lists above to read again. */
export type ChangeName = 'catalogue' | 'calls' | 'accounts' | 'faults';
