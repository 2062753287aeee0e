/** A user's account at a provider, which the user can connect in the local stack. */
interface LocalGrant {
  identifier: string;
  label: string;
  accessToken: string;
  /** True if the account is connected at the start; true by default. */
  isConnected?: boolean;
}

/**
 * Inputs for which the emulated provider has data, by tool. For any other tool, the examples in its contract
 * are used.
 */
export type LocalExamples = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface LocalProvider {
  connector: string;
  url: string;
  grants: LocalGrant[];
  examples?: LocalExamples;
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** The export `start` of `functions/<connector>/local/provider.ts`. */
export type StartLocalProvider = (options?: { port?: number }) => Promise<LocalProvider>;
