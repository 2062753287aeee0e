import { AuthoringError } from '../errors/authoring-error.ts';
import { defaultProviderErrors, type ProviderErrors } from '../scalekit/provider-errors.ts';

/** Scalekit's integration with one provider, as the tools of that provider see it. */
export interface Connector {
  /** Such as `gmail`: the first part of its tools' names. */
  readonly name: string;
  /** The environment variable that holds the name of its connection, such as `GMAIL_CONNECTION`. */
  readonly connectionSetting: string;
  /** The environment variable that overrides `IDENTITY_TEMPLATE` for this connector. */
  readonly identityTemplateSetting: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: ProviderErrors;
}

interface ConnectorDefinition {
  name: string;
  headers?: Record<string, string>;
  errors?: ProviderErrors;
}

export const CONNECTOR_NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/**
 * Describes a connector; every tool of the provider refers to it.
 * @param definition its name, the headers of every request, and how the provider tells errors (by default, by HTTP status)
 */
export function defineConnector({
  name,
  headers = {},
  errors = defaultProviderErrors,
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
  };
}
