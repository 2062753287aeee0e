import type { Environment } from '../../lib/settings/parse-settings.ts';
import { AccessTokens, createSigningKey } from './access-tokens.ts';
import { createEmulatorHandlers } from './emulator-handlers.ts';
import { type FaultInput, FaultSchema } from './fault-schema.ts';
import { type AddedFault, Faults } from './faults.ts';
import { MAGIC_LINK_PREFIX } from './magic-link-routes.ts';
import { MagicLinks } from './magic-links.ts';
import { type RecordedRequest, RequestLog } from './recorded-request.ts';
import { type ScalekitSeed, ScalekitSeedSchema } from './scalekit-seed.ts';
import { type Account, type AccountChange, ScalekitState } from './scalekit-state.ts';
import { listenOnSharedPort } from './shared-port.ts';

const DAY_SECONDS = 24 * 60 * 60;

export interface ScalekitEmulatorOptions {
  /** The port. 0, the default, uses any free port. */
  port?: number;
  clientId?: string;
  clientSecret?: string;
  tokenLifetimeSeconds?: number;
  seed: ScalekitSeed;
}

/** The emulated Scalekit. */
export interface ScalekitEmulator {
  /** Its URL on this machine. */
  readonly url: string;
  /** The ID of its only API client. */
  readonly clientId: string;
  /** The secret of the API client. */
  readonly clientSecret: string;
  /** The latest 2,000 requests in order, except requests to the control API. */
  readonly requests: readonly RecordedRequest[];
  /** The number of all requests since the start, including those that `requests` does not contain any more. */
  readonly requestCount: number;
  /** The current accounts. */
  readonly accounts: readonly Account[];
  /** Changes an account. Creates the account if it does not exist. */
  setAccount(connection: string, identifier: string, change: AccountChange): void;
  /** Returns a user's account; undefined if it does not exist. */
  getAccount(connection: string, identifier: string): Account | undefined;
  /** Deletes an account, and returns whether it existed. */
  deleteAccount(connection: string, identifier: string): boolean;
  /** Makes all access tokens that were issued so far invalid. */
  expireTokens(): void;
  /** Adds a fault, which makes requests fail. Returns the fault's ID. */
  addFault(fault: FaultInput): string;
  /** All added faults, including those that have reached their limit. */
  readonly faults: readonly AddedFault[];
  /** Removes a fault, and returns whether it existed. */
  removeFault(id: string): boolean;
  /** Removes all faults. */
  clearFaults(): void;
  /**
   * Adds the connections of another seed with their grants and accounts. Connections that exist already are replaced.
   */
  mergeSeed(seed: ScalekitSeed): void;
  /** Restores the seed that was loaded last, and removes all faults. Access tokens stay valid. */
  reset(): void;
  /** Stops the server. */
  close(): Promise<void>;
}

/** Starts the emulated Scalekit on one loopback port. The SDK can use the emulator like the real Scalekit. */
export async function startScalekitEmulator(options: ScalekitEmulatorOptions): Promise<ScalekitEmulator> {
  const clientId = options.clientId ?? 'skc_local';
  const clientSecret = options.clientSecret ?? 'local-client-secret';
  const lifetimeSeconds = options.tokenLifetimeSeconds ?? DAY_SECONDS;
  const state = new ScalekitState(ScalekitSeedSchema.parse(options.seed));
  const key = await createSigningKey();
  const links = new MagicLinks();
  const log = new RequestLog();
  const faults = new Faults();
  let expireTokens = () => {};
  const reset = () => {
    state.reset();
    links.reset();
    log.clear();
    faults.clear();
  };

  const port = await listenOnSharedPort(
    options.port ?? 0,
    (url) => {
      const tokens = new AccessTokens({ key, issuer: url, clientId, lifetimeSeconds });
      expireTokens = () => tokens.expireAll();
      return createEmulatorHandlers({
        url,
        clientId,
        clientSecret,
        state,
        links,
        tokens,
        log,
        faults,
        reset,
      });
    },
    new RegExp(`^${MAGIC_LINK_PREFIX}`),
  );

  return {
    url: port.url,
    clientId,
    clientSecret,
    requests: log.entries,
    get requestCount() {
      return log.count;
    },
    get accounts() {
      return state.accounts;
    },
    setAccount: (connection, identifier, change) => void state.setAccount(connection, identifier, change),
    getAccount: (connection, identifier) => state.findAccount(connection, identifier),
    deleteAccount: (connection, identifier) => state.deleteAccount(connection, identifier),
    expireTokens: () => expireTokens(),
    addFault: (fault) => faults.add(FaultSchema.parse(fault)).id,
    get faults() {
      return faults.all;
    },
    removeFault: (id) => faults.remove(id),
    clearFaults: () => faults.clear(),
    mergeSeed: (seed) => state.mergeSeed(ScalekitSeedSchema.parse(seed)),
    reset,
    async close() {
      await port.close();
    },
  };
}

/** Returns the settings for functions that use the emulated Scalekit. */
export function settingsOf({ url, clientId, clientSecret }: ScalekitEmulator): Environment {
  return { SCALEKIT_ENV_URL: url, SCALEKIT_CLIENT_ID: clientId, SCALEKIT_CLIENT_SECRET: clientSecret };
}
