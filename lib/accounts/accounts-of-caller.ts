import { ToolError } from '../errors/tool-error.ts';
import { type CallerRules, identify } from '../identity/identify.ts';
import type { Account } from '../scalekit/account.ts';
import type { Environment } from '../settings/environment.ts';
import { type ConnectorNames, readConnectorSettings } from '../settings/settings.ts';
import type { HttpCaller } from '../surfaces/http-caller.ts';

/** A caller's account on the connection of one connector, whether it exists or not. */
export interface ConnectorAccount {
  connector: string;
  account: Account;
}

/** The accounts of callers, by the identity template of each connector. */
export interface AccountsOfCaller {
  /**
   * The account on one connector.
   * @throws ToolError `not_found` where there is no such connector, and what `identify` throws
   */
  on(connector: string, caller: HttpCaller): ConnectorAccount;
  /**
   * One for each connector, in order; undefined on those for which the claims of the caller make no identifier.
   * @throws ToolError what `identify` throws, `unauthenticated` only where there is no identifier for any connector
   */
  all(caller: HttpCaller): (readonly [connector: string, account: ConnectorAccount | undefined])[];
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

  function on(connector: string, { caller, named }: HttpCaller): ConnectorAccount {
    const known = settings.get(connector);
    if (!known) {
      throw new ToolError('not_found', {
        message: 'There is no connector of this name. GET /accounts lists those that there are.',
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
          // A user without an organisation has no account where an organisation shares one, and may have others.
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
