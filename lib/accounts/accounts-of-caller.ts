import { ToolError } from '../errors/tool-error.ts';
import { type CallerRules, identify } from '../identity/identify.ts';
import type { Account } from '../scalekit/accounts-api.ts';
import type { Environment } from '../settings/parse-settings.ts';
import { type ConnectorNames, readConnectorSettings } from '../settings/settings.ts';
import type { ApiGatewayCaller } from '../surfaces/api-gateway-event.ts';

/** A caller's account on the connection of one connector, whether or not it exists. */
export interface ConnectorAccount {
  connector: string;
  account: Account;
}

/** Finds the accounts of callers, by the identity template of each connector. */
export interface AccountsOfCaller {
  /**
   * Returns the account on one connector.
   * @throws ToolError `not_found` if there is no such connector, and the errors of `identify`
   */
  on(connector: string, caller: ApiGatewayCaller): ConnectorAccount;
  /**
   * Returns one account per connector, in order; undefined for a connector if the caller's claims make no identifier.
   * @throws ToolError as `identify` does, but `unauthenticated` only if no connector has an identifier
   */
  all(caller: ApiGatewayCaller): (readonly [connector: string, account: ConnectorAccount | undefined])[];
}

/** @throws SettingsError */
export function accountsOfCaller(
  connectors: readonly ConnectorNames[],
  rules: CallerRules,
  variables: Environment,
): AccountsOfCaller {
  const settings = new Map(
    connectors.map((names) => [names.name, { ...names, ...readConnectorSettings(names, variables) }]),
  );

  function on(connector: string, { caller, named }: ApiGatewayCaller): ConnectorAccount {
    const known = settings.get(connector);
    if (!known) {
      throw new ToolError('not_found', {
        message: 'There is no connector with this name. GET /accounts lists the connectors.',
      });
    }
    const { connection, connectionSetting, identityTemplate } = known;
    const identifier = identify(caller, named, { identityTemplate, ...rules });
    return { connector, account: { connector, connection, connectionSetting, identifier } };
  }

  return {
    on,
    all(caller) {
      const faults: ToolError[] = [];
      const accounts = [...settings.keys()].map((connector) => {
        try {
          return [connector, on(connector, caller)] as const;
        } catch (thrown) {
          // An account may be shared by an organisation. A user without one lacks that account, but may have others.
          if (!(thrown instanceof ToolError) || thrown.code !== 'unauthenticated') throw thrown;
          faults.push(thrown);
          return [connector, undefined] as const;
        }
      });
      if (faults[0] && faults.length === accounts.length) throw faults[0];
      return accounts;
    },
  };
}
