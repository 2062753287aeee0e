/** An account at a provider that a user of the local stack can connect. */
interface LocalGrant {
  identifier: string;
  label: string;
  accessToken: string;
  /** True if it is connected at the start; true by default. */
  isConnected?: boolean;
}

/** Inputs that the emulated provider can answer, by tool. Other tools use the examples of their contracts. */
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
