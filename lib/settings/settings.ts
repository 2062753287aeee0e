import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';
import type { Connector } from '../contract/define-connector.ts';
import type { Effect } from '../contract/define-tool.ts';
import { isEnvironmentUrl, isSecureUrl } from '../http-client/secure-url.ts';
import type { CallerRules } from '../identity/identify.ts';
import { identityTemplate } from '../identity/identity-template.ts';
import { isRoleArn } from '../identity/role-session.ts';
import { commaList, type Environment, parseSettings } from './parse-settings.ts';

// A request header contains the connection's name. A header allows no other characters.
const CONNECTION_NAME = /^[\x21-\x7e]+$/;
const scope = () => z.string().regex(/^\S+$/);
const secureUrl = () => z.string().refine(isSecureUrl);
const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .refine((digits) => /^\d{1,9}$/.test(digits) && Number(digits) >= minimum && Number(digits) <= maximum)
    .transform(Number);

// Errors contain this URL, and every error must fit into RESPONSE_BYTES_MIN.
const CONNECT_URL_LENGTH_MAX = 900;
const ACCOUNT_CACHE_SECONDS_MAX = 3_600;
// Every error fits into the minimum. The maximum stays below Lambda's limit of 6 MB.
const RESPONSE_BYTES_MIN = 2_000;
const RESPONSE_BYTES_MAX = 5_000_000;

// Each schema is created on first use, because a function needs only some of them.
const Delegation = lazily(() =>
  z.object({
    DELEGATION_SCOPE: scope()
      .default('tools:delegate')
      .describe('the one scope that lets a machine client name the user'),
  }),
);

const Callers = lazily(() =>
  z.object({
    DELEGATION_ROLES: commaList(z.string().refine(isRoleArn))
      .optional()
      .describe(
        'the ARNs of the IAM roles that may name the user, such as arn:aws:iam::123456789012:role/developer, with commas between them',
      ),
    REQUIRED_SCOPE: scope().optional().describe('the one scope that every token must have'),
    READ_SCOPE: scope().optional().describe('the one scope that tools need which read'),
    WRITE_SCOPE: scope().optional().describe('the one scope that tools need which create or update'),
    DESTRUCTIVE_SCOPE: scope()
      .optional()
      .describe('the one scope that tools need which delete, WRITE_SCOPE by default'),
    ...Delegation().shape,
  }),
);

const Origins = lazily(() =>
  z.object({
    ALLOWED_ORIGINS: commaList(z.string().regex(/^(\*|https?:\/\/[^/\s,]+)$/))
      .default([])
      .describe('origins of web pages such as https://app.example.com, with commas between them'),
  }),
);

const Invocations = lazily(() =>
  z.object({
    FUNCTION_NAME_PREFIX: z
      .string()
      .regex(/^[\w-]+$/)
      .default('')
      .describe("the prefix of the tools' function names"),
  }),
);

const ClientSecret = lazily(() =>
  z.object({
    SCALEKIT_CLIENT_SECRET: z
      .string()
      .optional()
      .describe('the secret of that client (or set SCALEKIT_CLIENT_SECRET_ARN)'),
    SCALEKIT_CLIENT_SECRET_ARN: z
      .string()
      .regex(/^arn:[^:]+:secretsmanager:/)
      .optional()
      .describe('the ARN of the Secrets Manager secret that holds the client secret'),
  }),
);

const Issuer = lazily(() =>
  z.object({
    OIDC_ISSUER: secureUrl().optional().describe("the https URL of the callers' token issuer, as in iss"),
  }),
);

/** The settings of every tool. Each description completes the sentence "it should hold …". */
const Common = lazily(() =>
  z
    .object({
      SCALEKIT_ENV_URL: z
        .string()
        .refine(isEnvironmentUrl)
        .transform((value) => value.replace(/\/$/, ''))
        .describe('the URL of the Scalekit environment, such as https://acme.scalekit.com'),
      SCALEKIT_CLIENT_ID: z.string().describe("the ID of the Scalekit environment's API client"),
      ...ClientSecret().shape,
      USER_VERIFY_URL: z
        .union([z.literal('none'), secureUrl()])
        .describe('the https URL to which the user returns after consent, or "none" in development'),
      CONNECT_URL: secureUrl()
        .max(CONNECT_URL_LENGTH_MAX)
        .refine((url) => !URL.parse(url)?.searchParams.has('connector'))
        .optional()
        .describe(
          "the https URL of the application's page that connects accounts, without a connector in it",
        ),
      ...Callers().shape,
      ...Issuer().shape,
      OIDC_AUDIENCE: commaList(z.string().min(1))
        .optional()
        .describe("the audiences of callers' tokens, with commas between them"),
      ACCOUNT_CACHE_SECONDS: wholeNumber(0, ACCOUNT_CACHE_SECONDS_MAX)
        .default(60)
        .describe(`for how many seconds the status ACTIVE is cached, 0 to ${ACCOUNT_CACHE_SECONDS_MAX}`),
      RESPONSE_BYTES: wholeNumber(RESPONSE_BYTES_MIN, RESPONSE_BYTES_MAX)
        .default(24_000)
        .describe(
          `how many bytes the body of an answer may have, ${RESPONSE_BYTES_MIN} to ${RESPONSE_BYTES_MAX}`,
        ),
    })
    // This check runs even if other settings are faulty, so that one error reports all faults.
    .refine((values) => Boolean(values.SCALEKIT_CLIENT_SECRET || values.SCALEKIT_CLIENT_SECRET_ARN), {
      path: ['SCALEKIT_CLIENT_SECRET'],
      when: () => true,
    }),
);

const DEDUPE_SECONDS_MAX = 86_400;

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
const idempotencyTable = () =>
  z
    .string()
    .regex(/^(?:[\w.-]{3,255}|arn:[^:]+:dynamodb:\S+)$/)
    .describe('the name of the DynamoDB table that prevents duplicate writes, or "none" in development');

const Writes = lazily(() =>
  z.object({
    IDEMPOTENCY_TABLE: idempotencyTable(),
    DEDUPE_SECONDS: wholeNumber(0, DEDUPE_SECONDS_MAX)
      .default(60)
      .describe(
        `for how many seconds an agent's repeated create call counts as the same call, 0 (never) to ${DEDUPE_SECONDS_MAX}`,
      ),
  }),
);

export type Settings = z.output<ReturnType<typeof Common>>;

/** The settings of every function that identifies its callers. */
export type CallerSettings = z.output<ReturnType<typeof Callers>>;

/** The name of a connector, and the names of its settings. */
export type ConnectorNames = Pick<Connector, 'name' | 'connectionSetting' | 'identityTemplateSetting'>;

/** The settings of one connector's tools. */
export interface ConnectorSettings {
  /** The name of the connection in this Scalekit environment. */
  connection: string;
  /** The identity template, such as `{org_id}:{sub}`. */
  identityTemplate: string;
}

/** Reads the settings of every tool. @throws SettingsError */
export function readSettings(environment: Environment): Settings {
  return parseSettings(Common(), environment);
}

/**
 * Returns the scopes that a token must have.
 * @param effect the effect of the tool that is called or listed; undefined for the scopes that every token must have
 */
export function requiredScopes(settings: CallerSettings, effect?: Effect): string[] {
  // If READ_SCOPE is set and WRITE_SCOPE is not, writes need READ_SCOPE too: a token that may not read must not write.
  const { REQUIRED_SCOPE, READ_SCOPE, WRITE_SCOPE = READ_SCOPE, DESTRUCTIVE_SCOPE = WRITE_SCOPE } = settings;
  const byEffect = {
    read: READ_SCOPE,
    create: WRITE_SCOPE,
    update: WRITE_SCOPE,
    delete: DESTRUCTIVE_SCOPE,
  } satisfies Record<Effect, string | undefined>;
  return [REQUIRED_SCOPE, effect && byEffect[effect]].filter((name) => name !== undefined);
}

/**
 * Returns the rules for callers that the settings define.
 * @param effect the effect of the tool that is called; undefined if no tool is called
 */
export function callerRules(settings: CallerSettings, effect?: Effect): CallerRules {
  return {
    delegationScope: settings.DELEGATION_SCOPE,
    requiredScopes: requiredScopes(settings, effect),
    delegationRoles: settings.DELEGATION_ROLES,
  };
}

/**
 * Reads the scope that allows a machine client to act for a user.
 * @throws SettingsError
 */
export function readDelegationScope(environment: Environment): string {
  return parseSettings(Delegation(), environment).DELEGATION_SCOPE;
}

/**
 * Reads the rules for callers, for a function that calls no provider.
 * @throws SettingsError
 */
export function readCallerSettings(environment: Environment): CallerSettings {
  return parseSettings(Callers(), environment);
}

/** Returns every scope that a token may need for a call. */
export function allScopes(settings: CallerSettings): string[] {
  const { REQUIRED_SCOPE, READ_SCOPE, WRITE_SCOPE, DESTRUCTIVE_SCOPE } = settings;
  const scopes = [REQUIRED_SCOPE, READ_SCOPE, WRITE_SCOPE, DESTRUCTIVE_SCOPE];
  return [...new Set(scopes.filter((name) => name !== undefined))];
}

/**
 * Reads the issuer of callers' tokens. Returns undefined if it is not set.
 * @throws SettingsError
 */
export function readIssuer(environment: Environment): string | undefined {
  return parseSettings(Issuer(), environment).OIDC_ISSUER;
}

/**
 * Reads the client secret and its ARN, if they are set.
 * @throws SettingsError
 */
export function readClientSecretSettings(
  environment: Environment,
): z.output<ReturnType<typeof ClientSecret>> {
  return parseSettings(ClientSecret(), environment);
}

/**
 * Reads the origins of web pages that may call the MCP function.
 * @throws SettingsError
 */
export function readAllowedOrigins(environment: Environment): string[] {
  return parseSettings(Origins(), environment).ALLOWED_ORIGINS;
}

/**
 * Reads the prefix of the tools' function names.
 * @throws SettingsError
 */
export function readFunctionNamePrefix(environment: Environment): string {
  return parseSettings(Invocations(), environment).FUNCTION_NAME_PREFIX;
}

/** Reads the settings of a connector's tools. @throws SettingsError */
export function readConnectorSettings(
  { connectionSetting, identityTemplateSetting, name }: ConnectorNames,
  environment: Environment,
): ConnectorSettings {
  const optionalTemplate = identityTemplate()
    .optional()
    .describe(
      'how claims make the identifier, such as {sub} or {org_id}:{sub}, with a colon or slash between two claims',
    );
  const values: Record<string, string | undefined> = parseSettings(
    z.object({
      [connectionSetting]: z
        .string()
        .regex(CONNECTION_NAME)
        .optional()
        .describe('the name of the connection in Scalekit'),
      IDENTITY_TEMPLATE: optionalTemplate,
      [identityTemplateSetting]: optionalTemplate,
    }),
    environment,
  );
  return {
    connection: values[connectionSetting] ?? name,
    identityTemplate: values[identityTemplateSetting] ?? values.IDENTITY_TEMPLATE ?? '{sub}',
  };
}

/** Reads the settings that prevent duplicate writes. @throws SettingsError */
export function readWriteSettings(environment: Environment): z.output<ReturnType<typeof Writes>> {
  return parseSettings(Writes(), environment);
}
