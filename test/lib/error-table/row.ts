import type { ErrorCode, ErrorDetail } from 'scalekit-lambda-tools';
import type { FaultInput } from '../../../local/scalekit/fault-schema.ts';

export type ConnectorName = 'gmail' | 'slack' | 'github' | 'salesforce' | 'hubspot' | 'acme';
export type Kind = 'read' | 'write';

/** The provider's response. Each `?` in a text or key is replaced by a canary. */
export type ProviderAnswer =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | 'hang'
  | 'reset';

/** A fault in the tool's own code. */
export type ToolFault =
  | 'throws'
  | 'throws with a shortened message'
  | 'throws after its call'
  | 'returns what it does not declare';

export interface Expected {
  code: ErrorCode;
  /** The number of requests that the provider receives. */
  sent: number | { from: number; to: number };
  retryAfterSeconds?: number | null | { about: number };
  accountStatus?: string;
  link?: true;
  details?: ErrorDetail[];
}

/** A fault and its expected outcome. The same case can be used for several providers. */
export interface Case {
  name: string;
  kind: Kind;
  expected: Expected;
  /** The provider's response. If it depends on the time of the request, it is a function. */
  answer?: ProviderAnswer | (() => ProviderAnswer);
  /** A fault of Scalekit's proxy during the call. */
  proxy?: FaultInput;
  /** Faults of Scalekit's endpoints other than the proxy. */
  scalekit?: FaultInput[];
  account?: 'EXPIRED' | 'PENDING_AUTH' | 'PENDING_VERIFICATION' | 'DISCONNECTED' | 'missing';
  /** This event happens after a first call has succeeded, and before the tested call. */
  afterFirstCall?: 'the account is disconnected' | 'Scalekit is gone';
  /** True if the user's account expires while the provider handles the request. */
  expires?: true;
  tool?: ToolFault;
  call?: {
    input?: Record<string, unknown> | string;
    claims?: Record<string, unknown>;
    headers?: Record<string, string>;
    remainingMs?: number;
  };
  variables?: Record<string, string>;
  /** The response of AWS Secrets Manager. */
  secrets?: { status: number; body: unknown } | 'reset';
}

export type Row = Case & { connector: ConnectorName };

export const KINDS: readonly Kind[] = ['read', 'write'];

/** Returns one case for a read and one for a write. */
export function both(name: string, rest: Omit<Case, 'name' | 'kind'>): Case[] {
  return KINDS.map((kind) => ({ name, kind, ...rest }));
}
