import type { ProviderErrors } from '../provider/provider-errors.ts';
import type { Deadline } from '../time/deadline.ts';
import type { Account } from './accounts-api.ts';
import type { Scalekit } from './scalekit.ts';
import type { UpstreamStatistics } from './upstream-statistics.ts';

/** The parts of an invocation that the provider client needs. */
export interface ProxyInvocation {
  scalekit: Scalekit;
  account: Account;
  deadline: Deadline;
  statistics: UpstreamStatistics;
  connector: { headers: Readonly<Record<string, string>>; errors: ProviderErrors; exactNumbers: boolean };
  /** The tool's parsed input. */
  input: Readonly<Record<string, unknown>>;
  tool: {
    effect: string;
    scopes: readonly string[];
    input: { shape: Readonly<Record<string, unknown>> };
  };
  /** The header that continues the caller's trace; undefined if there is no trace. */
  traceparent: string | undefined;
  /**
   * The marker of Scalekit's connection pool from the start of this invocation. Connections that were used after it
   * work.
   */
  connectionsMark: number;
}
