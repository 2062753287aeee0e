import type { ErrorCode, ErrorDetail } from 'scalekit-lambda-tools';
import type { FaultInput } from '../../../local/scalekit/fault-schema.ts';

export type ConnectorName = 'gmail' | 'slack' | 'github' | 'salesforce' | 'hubspot' | 'acme';
export type Kind = 'read' | 'write';

/** What the provider does. Each `?` in a text or key becomes a canary. */
export type ProviderAnswer =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | 'hang'
  | 'reset';

/** What a tool does by itself. */
export type ToolFault =
  | 'throws'
  | 'throws with a shortened message'
  | 'throws after its call'
  | 'returns what it does not declare';

export interface Expected {
  code: ErrorCode;
  /** How many requests reach the provider. */
  sent: number | { from: number; to: number };
  retryAfterSeconds?: number | null | { about: number };
  accountStatus?: string;
  link?: true;
  details?: ErrorDetail[];
}

/** One thing that goes wrong, whichever the provider. */
export interface Case {
  name: string;
  kind: Kind;
  expected: Expected;
  /** Made when the request arrives, where it depends on the time. */
  answer?: ProviderAnswer | (() => ProviderAnswer);
  /** What Scalekit's proxy does with the call. */
  proxy?: FaultInput;
  /** What Scalekit does elsewhere. */
  scalekit?: FaultInput[];
  account?: 'EXPIRED' | 'PENDING_AUTH' | 'PENDING_VERIFICATION' | 'DISCONNECTED' | 'missing';
  /** A first call succeeds, and then this happens. */
  afterFirstCall?: 'the account is disconnected' | 'Scalekit is gone';
  /** The account expires while the provider has the request. */
  expires?: true;
  tool?: ToolFault;
  call?: {
    input?: Record<string, unknown> | string;
    claims?: Record<string, unknown>;
    headers?: Record<string, string>;
    remainingMs?: number;
  };
  variables?: Record<string, string>;
  /** What Secrets Manager does. */
  secrets?: { status: number; body: unknown } | 'reset';
}

export type Row = Case & { connector: ConnectorName };

export const KINDS: readonly Kind[] = ['read', 'write'];

/** The same for a read and a write. */
export function both(name: string, rest: Omit<Case, 'name' | 'kind'>): Case[] {
  return KINDS.map((kind) => ({ name, kind, ...rest }));
}
