import { AccessTokens, createSigningKey } from './access-tokens.ts';
import { createEmulatorHandlers } from './emulator-handlers.ts';
import { type FaultInput, faultSchema } from './fault-schema.ts';
import { Faults } from './faults.ts';
import { MagicLinks } from './magic-links.ts';
import { type RecordedRequest, RequestLog } from './recorded-request.ts';
import { type ScalekitSeed, scalekitSeedSchema } from './scalekit-seed.ts';
import { type Account, type AccountChange, ScalekitState } from './scalekit-state.ts';
import { listenOnSharedPort } from './shared-port.ts';
import { WebhookDeliveries, type WebhookTarget } from './webhook-deliveries.ts';

const DAY_SECONDS = 24 * 60 * 60;

export interface ScalekitEmulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  clientId?: string;
  clientSecret?: string;
  tokenLifetimeSeconds?: number;
  seed: ScalekitSeed;
}

export interface ScalekitEmulator {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Everything that arrived, in order, except calls of the control API. */
  readonly requests: readonly RecordedRequest[];
  /** The accounts of now. */
  readonly accounts: readonly Account[];
  /** From now on each change of an account's status is delivered there, signed. */
  deliverWebhooks(target: WebhookTarget): void;
  /** Changes an account, or makes it when there is none yet. */
  setAccount(connection: string, identifier: string, change: AccountChange): void;
  getAccount(connection: string, identifier: string): Account | undefined;
  deleteAccount(connection: string, identifier: string): boolean;
  /** From now on every access token issued so far is refused. */
  expireTokens(): void;
  /** Makes requests fail from now on; the fault's ID. */
  addFault(fault: FaultInput): string;
  clearFaults(): void;
  /** Back to the seed, which is the one posted last if there was one, and without faults. Access tokens stay valid. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts a stand-in for Scalekit that the SDK can talk to, on one loopback port. */
export async function startScalekitEmulator(options: ScalekitEmulatorOptions): Promise<ScalekitEmulator> {
  const clientId = options.clientId ?? 'skc_local';
  const clientSecret = options.clientSecret ?? 'local-client-secret';
  const lifetimeSeconds = options.tokenLifetimeSeconds ?? DAY_SECONDS;
  const deliveries = new WebhookDeliveries();
  const state = new ScalekitState(scalekitSeedSchema.parse(options.seed), (account, oldStatus) =>
    deliveries.statusUpdated(account, oldStatus),
  );
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

  const port = await listenOnSharedPort(options.port ?? 0, (url) => {
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
  });

  return {
    url: port.url,
    clientId,
    clientSecret,
    requests: log.entries,
    get accounts() {
      return state.accounts;
    },
    deliverWebhooks: (target) => deliveries.deliverTo(target),
    setAccount: (connection, identifier, change) => void state.setAccount(connection, identifier, change),
    getAccount: (connection, identifier) => state.findAccount(connection, identifier),
    deleteAccount: (connection, identifier) => state.deleteAccount(connection, identifier),
    expireTokens: () => expireTokens(),
    addFault: (fault) => faults.add(faultSchema.parse(fault)).id,
    clearFaults: () => faults.clear(),
    reset,
    async close() {
      await Promise.all([deliveries.close(), port.close()]);
    },
  };
}
