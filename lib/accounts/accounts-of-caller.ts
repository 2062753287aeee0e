import { ToolError } from '../errors/tool-error.ts';
import { type CallerRules, identify } from '../identity/identify.ts';
import type { Account } from '../scalekit/accounts-api.ts';
import type { Environment } from '../settings/parse-settings.ts';
import { type ConnectorNames, readConnectorSettings } from '../settings/settings.ts';
import type { ApiGatewayCaller } from '../surfaces/api-gateway-event.ts';

/** The account of a caller for one connector. It may not exist at Scalekit yet. */
export interface ConnectorAccount {
  connector: string;
  account: Account;
}

/**
 * Finds the Scalekit accounts of a caller. Each connector's identity template defines the caller's identifier there.
 */
export interface AccountsOfCaller {
  /**
   * Returns the caller's account for one connector.
   * @throws ToolError `not_found` if there is no such connector, and the errors of `identify`
   */
  on(connector: string, caller: ApiGatewayCaller): ConnectorAccount;
  /**
   * Returns one account per connector, in the order of the connectors. An account is undefined if the caller's token
   * lacks a claim that the connector's identity template needs.
   * @throws ToolError the errors of `identify`. Throws `unauthenticated` only if every account would be undefined
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
          // An identity template may need the user's organisation. A user without an organisation still gets the
          // accounts of the other connectors.
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
