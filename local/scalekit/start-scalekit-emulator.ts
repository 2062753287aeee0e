import type { Environment } from '../../lib/settings/environment.ts';
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
  /** 0, the default, takes any free port. */
  port?: number;
  clientId?: string;
  clientSecret?: string;
  tokenLifetimeSeconds?: number;
  seed: ScalekitSeed;
}

/** A stand-in for Scalekit. */
export interface ScalekitEmulator {
  /** Its address on this machine. */
  readonly url: string;
  /** Of the one application that it knows. */
  readonly clientId: string;
  /** Of the same application. */
  readonly clientSecret: string;
  /** Everything that arrived, in order, except calls of the control API. */
  readonly requests: readonly RecordedRequest[];
  /** The accounts of now. */
  readonly accounts: readonly Account[];
  /** Changes an account, or makes it when there is none yet. */
  setAccount(connection: string, identifier: string, change: AccountChange): void;
  /** The account of a user; undefined where there is none. */
  getAccount(connection: string, identifier: string): Account | undefined;
  /** Takes an account away, and tells whether there was one. */
  deleteAccount(connection: string, identifier: string): boolean;
  /** From now on every access token issued so far is refused. */
  expireTokens(): void;
  /** Makes requests fail from now on; the fault's ID. */
  addFault(fault: FaultInput): string;
  /** The faults that were added, also those that have struck as often as they may. */
  readonly faults: readonly AddedFault[];
  /** Ends a fault, and tells whether there was one. */
  removeFault(id: string): boolean;
  /** Ends all faults. */
  clearFaults(): void;
  /** Takes up the connections of another seed, with its grants and accounts, in place of what was known of them. */
  take(seed: ScalekitSeed): void;
  /** Back to the seed, which is the one posted last if there was one, and without faults. Access tokens stay valid. */
  reset(): void;
  /** Ends its server. */
  close(): Promise<void>;
}

/** Starts a stand-in for Scalekit that the SDK can talk to, on one loopback port. */
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
    take: (seed) => state.take(ScalekitSeedSchema.parse(seed)),
    reset,
    async close() {
      await port.close();
    },
  };
}

/** How functions find the emulated Scalekit. */
export function settingsOf({ url, clientId, clientSecret }: ScalekitEmulator): Environment {
  return { SCALEKIT_ENV_URL: url, SCALEKIT_CLIENT_ID: clientId, SCALEKIT_CLIENT_SECRET: clientSecret };
}
