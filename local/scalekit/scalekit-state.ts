import { randomUUID } from 'node:crypto';
import { Code, ConnectError } from '@connectrpc/connect';
import {
  type AccountStatus,
  type Connection,
  findOwnGrant,
  type Grant,
  type ParsedScalekitSeed,
} from './scalekit-seed.ts';

/** A user's account at a provider. */
export interface Account {
  /** Scalekit's ID of the account. */
  readonly id: string;
  /** The connection's name. */
  readonly connection: string;
  /** The user's identifier. */
  readonly identifier: string;
  /** The status, for example `ACTIVE`. */
  readonly status: AccountStatus;
  /** The user's token at the provider; undefined before consent. */
  readonly accessToken: string | undefined;
  /** The time of the last change. */
  readonly updatedAt: Date;
}

/** A change of an account. Fields that are left out stay unchanged. */
export interface AccountChange {
  /** The new status. */
  status?: AccountStatus | undefined;
  /** The new token. */
  accessToken?: string | undefined;
}

export interface AccountSelector {
  id?: string | undefined;
  connection?: string | undefined;
  identifier?: string | undefined;
}

/** The connections, the providers' grants and the connected accounts. */
export class ScalekitState {
  #seed: ParsedScalekitSeed;
  #connections = new Map<string, Connection>();
  #accounts = new Map<string, Account>();

  constructor(seed: ParsedScalekitSeed) {
    this.#seed = seed;
    this.reset();
  }

  load(seed: ParsedScalekitSeed): void {
    this.#seed = seed;
    this.reset();
  }

  reset(): void {
    this.#connections = new Map(this.#seed.connections.map((connection) => [connection.name, connection]));
    this.#accounts = new Map();
    for (const { connection, identifier, status, accessToken } of this.#seed.accounts) {
      this.setAccount(connection, identifier, { status, accessToken });
    }
  }

  /**
   * Adds the connections of another seed with their grants and accounts. Connections that exist already are replaced.
   */
  mergeSeed({ connections, grants, accounts }: ParsedScalekitSeed): void {
    const names = new Set(connections.map(({ name }) => name));
    const connectors = new Set(connections.map(({ connector }) => connector));
    const { connections: others, grants: otherGrants, accounts: otherAccounts } = this.#seed;
    this.#seed = {
      connections: [...others.filter(({ name }) => !names.has(name)), ...connections],
      grants: [...otherGrants.filter(({ connector }) => !connectors.has(connector)), ...grants],
      accounts: [...otherAccounts.filter(({ connection }) => !names.has(connection)), ...accounts],
    };
    for (const connection of connections) this.#connections.set(connection.name, connection);
    for (const { connection, identifier } of this.accounts)
      if (names.has(connection)) this.deleteAccount(connection, identifier);
    for (const { connection, identifier, status, accessToken } of accounts)
      this.setAccount(connection, identifier, { status, accessToken });
  }

  get connections(): Connection[] {
    return [...this.#connections.values()];
  }

  get accounts(): Account[] {
    return [...this.#accounts.values()];
  }

  get grants(): readonly Grant[] {
    return this.#seed.grants;
  }

  grantsOf(connector: string): Grant[] {
    return this.#seed.grants.filter((grant) => grant.connector === connector);
  }

  connection(name: string): Connection {
    const connection = this.#connections.get(name);
    if (connection === undefined) {
      throw new ConnectError(`connection not found: ${name}`, Code.NotFound);
    }
    return connection;
  }

  findAccount(connection: string, identifier: string): Account | undefined {
    return this.#accounts.get(keyOf(connection, identifier));
  }

  /** Finds an account by its ID, or by connection and identifier. */
  selectAccount({ id, connection, identifier }: AccountSelector): Account {
    if (id) {
      const account = this.accounts.find((candidate) => candidate.id === id);
      if (account === undefined) {
        throw new ConnectError('connected account not found', Code.NotFound);
      }
      return account;
    }
    if (!connection || !identifier) {
      throw new ConnectError('either id or connector and identifier are required', Code.InvalidArgument);
    }
    this.connection(connection);
    const account = this.findAccount(connection, identifier);
    if (account === undefined) {
      throw new ConnectError('connected account not found', Code.NotFound);
    }
    return account;
  }

  createAccount(connection: string, identifier: string, accessToken?: string): Account {
    this.connection(connection);
    if (this.findAccount(connection, identifier) !== undefined) {
      throw new ConnectError('connected account already exists', Code.AlreadyExists);
    }
    return this.setAccount(connection, identifier, {
      status: accessToken ? 'ACTIVE' : 'PENDING_AUTH',
      accessToken: accessToken || undefined,
    });
  }

  /** Changes an account. Creates the account if it does not exist. */
  setAccount(connectionName: string, identifier: string, change: AccountChange): Account {
    const connection = this.connection(connectionName);
    const existing = this.findAccount(connectionName, identifier);
    const status = change.status ?? existing?.status ?? 'PENDING_AUTH';
    const accessToken = change.accessToken ?? existing?.accessToken;
    const ownGrant = findOwnGrant(this.#seed.grants, connection.connector, identifier);
    const account: Account = {
      id: existing?.id ?? `ca_${randomUUID()}`,
      connection: connectionName,
      identifier,
      status,
      accessToken: accessToken ?? (status === 'ACTIVE' ? ownGrant?.accessToken : undefined),
      updatedAt: new Date(),
    };
    if (status === 'ACTIVE' && account.accessToken === undefined) {
      throw new ConnectError('an ACTIVE account needs an accessToken or a grant', Code.InvalidArgument);
    }
    this.#accounts.set(keyOf(connectionName, identifier), account);
    return account;
  }

  deleteAccount(connection: string, identifier: string): boolean {
    return this.#accounts.delete(keyOf(connection, identifier));
  }
}

function keyOf(connection: string, identifier: string): string {
  return JSON.stringify([connection, identifier]);
}
