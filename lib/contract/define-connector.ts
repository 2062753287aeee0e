import { AuthoringError } from '../errors/authoring-error.ts';
import { defaultProviderErrors, type ProviderErrors } from '../provider/provider-errors.ts';

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
  /** How the provider tells errors. */
  readonly errors: ProviderErrors;
  /** Whether numbers in answers that would lose digits come as text. */
  readonly exactNumbers: boolean;
}

/** What {@link defineConnector} takes. */
interface ConnectorDefinition {
  /** As Scalekit has it, in lower snake case, such as `gmail`. */
  name: string;
  /** Sent with every request. */
  headers?: Record<string, string>;
  /** How the provider tells errors; by default by HTTP status alone. */
  errors?: ProviderErrors;
  /** Numbers in answers that would lose digits come as text: those beyond 2^53, and long decimals. */
  exactNumbers?: boolean;
}

export const CONNECTOR_NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/**
 * Describes a connector; every tool of the provider refers to it.
 * @param definition its name, the headers of every request, and how the provider tells errors (by default, by HTTP status)
 * @throws AuthoringError for a name that is not lower snake case
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
