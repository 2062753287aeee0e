import { AuthoringError } from '../errors/authoring-error.ts';
import { defaultProviderErrors, type ProviderErrors } from '../provider/provider-errors.ts';

/** The data that all tools of one provider share. Each connector uses one connection of Scalekit. */
export interface Connector {
  /** The first part of the names of the connector's tools, such as `gmail`. */
  readonly name: string;
  /** The environment variable that contains the name of the Scalekit connection, such as `GMAIL_CONNECTION`. */
  readonly connectionSetting: string;
  /** The environment variable that overrides `IDENTITY_TEMPLATE` for this connector. */
  readonly identityTemplateSetting: string;
  /** Headers that are sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** The rules that map the provider's errors to error codes. */
  readonly errors: ProviderErrors;
  /** True if a number is returned as a string when JavaScript could not represent all its digits. */
  readonly exactNumbers: boolean;
}

interface ConnectorDefinition {
  /** The connector's name in Scalekit, in lower snake case, such as `gmail`. */
  name: string;
  /** Headers that are sent with every request. */
  headers?: Record<string, string>;
  /** The rules that map the provider's errors to error codes. By default, only the HTTP status decides. */
  errors?: ProviderErrors;
  /**
   * True to return a number as a string when JavaScript cannot represent all its digits, such as an integer beyond
   * 2^53.
   */
  exactNumbers?: boolean;
}

export const CONNECTOR_NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/**
 * Defines the connector that all tools of one provider refer to.
 * @throws AuthoringError if the name is not lower snake case
 */
export function defineConnector({
  name,
  headers = {},
  errors = defaultProviderErrors,
  exactNumbers = false,
}: ConnectorDefinition): Connector {
  if (!CONNECTOR_NAME.test(name)) {
    throw new AuthoringError(`The connector's name "${name}" must be lower snake case, such as gmail.`);
  }
  const prefix = name.toUpperCase();
  return {
    name,
    connectionSetting: `${prefix}_CONNECTION`,
    identityTemplateSetting: `${prefix}_IDENTITY_TEMPLATE`,
    headers,
    errors,
    exactNumbers,
  };
}
