import type { Deadline } from '../time/deadline.ts';
import type { Account } from './connected-accounts.ts';
import type { ProviderErrors } from './provider-errors.ts';
import type { Scalekit } from './scalekit.ts';

/** What the provider client has to know of the invocation that it serves. */
export interface ProxyInvocation {
  scalekit: Scalekit;
  account: Account;
  /** Whether the account check of this invocation was answered from the cache. */
  accountFromCache: boolean;
  deadline: Deadline;
  connector: { headers: Readonly<Record<string, string>>; errors: ProviderErrors };
  tool: { effect: string; scopes: readonly string[] };
}
