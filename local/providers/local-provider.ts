/** What a user of the local stack can be given access to at a provider. */
interface LocalGrant {
  identifier: string;
  label: string;
  accessToken: string;
  /** Whether the user has connected it when the stack starts; by default so. */
  isConnected?: boolean;
}

/** Inputs that the provider has an answer to, by the name of the tool; those of other tools are in their contracts. */
export type LocalExamples = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface LocalProvider {
  connector: string;
  url: string;
  grants: LocalGrant[];
  examples?: LocalExamples;
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** What `functions/<connector>/local/provider.ts` exports as `start`. */
export type StartLocalProvider = (options?: { port?: number }) => Promise<LocalProvider>;
