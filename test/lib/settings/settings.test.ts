import { describe, expect, test } from 'vitest';
import { defineConnector } from '../../../lib/contract/define-connector.ts';
import type { Environment } from '../../../lib/settings/parse-settings.ts';
import { readConnectorSettings, readSettings, readWriteSettings } from '../../../lib/settings/settings.ts';
import { SettingsError } from '../../../lib/settings/settings-error.ts';

const required = {
  SCALEKIT_ENV_URL: 'https://acme.scalekit.com',
  SCALEKIT_CLIENT_ID: 'skc_1',
  SCALEKIT_CLIENT_SECRET: 'test-secret',
  USER_VERIFY_URL: 'https://app.example.com/verify',
};
const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:scalekit-AbCdEf';

/** Returns the message of the `SettingsError` that `read` must throw. */
function faultOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    if (error instanceof SettingsError) return error.message;
  }
  throw new Error('The settings were accepted.');
}

describe('readSettings', () => {
  test('returns a default for every setting that is not required', () => {
    // Act
    const settings = readSettings(required);

    // Assess
    expect(settings).toMatchObject({
      ...required,
      DELEGATION_SCOPE: 'tools:delegate',
      ACCOUNT_CACHE_SECONDS: 60,
      RESPONSE_BYTES: 24_000,
    });
    expect(settings.REQUIRED_SCOPE).toBeUndefined();
    expect(settings.CONNECT_URL).toBeUndefined();
    expect(settings.SCALEKIT_CLIENT_SECRET_ARN).toBeUndefined();
  });

  test.each([
    ['SCALEKIT_ENV_URL', 'https://acme.scalekit.com/', 'https://acme.scalekit.com'],
    ['SCALEKIT_ENV_URL', 'https://acme.scalekit.com:8443', 'https://acme.scalekit.com:8443'],
    ['SCALEKIT_ENV_URL', 'http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['SCALEKIT_ENV_URL', 'http://localhost:3000/', 'http://localhost:3000'],
    ['SCALEKIT_ENV_URL', 'http://[::1]:3000', 'http://[::1]:3000'],
    ['SCALEKIT_CLIENT_ID', 'skc_2', 'skc_2'],
    ['SCALEKIT_CLIENT_SECRET', ' kept as it is ', ' kept as it is '],
    ['SCALEKIT_CLIENT_SECRET_ARN', ARN, ARN],
    ['SCALEKIT_CLIENT_SECRET_ARN', ARN.replace('aws', 'aws-us-gov'), ARN.replace('aws', 'aws-us-gov')],
    ['USER_VERIFY_URL', 'none', 'none'],
    ['USER_VERIFY_URL', 'https://app.example.com/verify?x=1', 'https://app.example.com/verify?x=1'],
    ['USER_VERIFY_URL', 'http://localhost:3000/verify', 'http://localhost:3000/verify'],
    ['CONNECT_URL', 'https://app.example.com/connect?a=b', 'https://app.example.com/connect?a=b'],
    ['CONNECT_URL', 'http://127.0.0.1:3000/connect', 'http://127.0.0.1:3000/connect'],
    ['REQUIRED_SCOPE', 'tools:use', 'tools:use'],
    ['DELEGATION_SCOPE', 'https://api.example.com/delegate', 'https://api.example.com/delegate'],
    ['OIDC_ISSUER', 'https://issuer.example.com/tenant/', 'https://issuer.example.com/tenant/'],
    ['OIDC_ISSUER', 'http://127.0.0.1:4402', 'http://127.0.0.1:4402'],
    ['OIDC_AUDIENCE', 'api', ['api']],
    ['OIDC_AUDIENCE', 'api, https://api.example.com', ['api', 'https://api.example.com']],
    ['ACCOUNT_CACHE_SECONDS', '0', 0],
    ['ACCOUNT_CACHE_SECONDS', '3600', 3_600],
    ['RESPONSE_BYTES', '2000', 2_000],
    ['RESPONSE_BYTES', '5000000', 5_000_000],
  ])('accepts for %s the value %s', (name, value, expected) => {
    expect(readSettings({ ...required, [name]: value })).toHaveProperty(name, expected);
  });

  test.each([
    ['SCALEKIT_ENV_URL', 'unparsable-address'],
    ['SCALEKIT_ENV_URL', 'tenant.example.com'],
    ['SCALEKIT_ENV_URL', 'http://acme.scalekit.com'],
    ['SCALEKIT_ENV_URL', 'http://localhost.example.com'],
    ['SCALEKIT_ENV_URL', 'ftp://acme.scalekit.com'],
    ['SCALEKIT_ENV_URL', 'https://acme.scalekit.com/path'],
    ['SCALEKIT_ENV_URL', 'https://acme.scalekit.com/?query=1'],
    ['SCALEKIT_ENV_URL', 'https://acme.scalekit.com/#hash'],
    ['SCALEKIT_ENV_URL', 'https://user@acme.scalekit.com'],
    ['SCALEKIT_ENV_URL', 'https://:pass@acme.scalekit.com'],
    ['SCALEKIT_CLIENT_SECRET_ARN', 'scalekit-secret-name'],
    ['SCALEKIT_CLIENT_SECRET_ARN', 'arn:aws:ssm:eu-west-1:123456789012:parameter/x'],
    ['USER_VERIFY_URL', 'None'],
    ['USER_VERIFY_URL', '/verify-path'],
    ['USER_VERIFY_URL', 'http://app.example.com/verify'],
    ['CONNECT_URL', 'unset'],
    ['CONNECT_URL', '/connect-path'],
    ['CONNECT_URL', 'http://app.example.com/connect'],
    ['CONNECT_URL', 'https://app.example.com/#/connect'],
    ['CONNECT_URL', 'https://user@app.example.com/connect'],
    ['CONNECT_URL', 'https://app.example.com/connect?connector=gmail'],
    ['CONNECT_URL', `https://app.example.com/${'x'.repeat(1_000)}`],
    ['REQUIRED_SCOPE', 'two scopes'],
    ['DELEGATION_SCOPE', ' tools:delegate '],
    ['OIDC_ISSUER', 'issuer.example.com'],
    ['OIDC_ISSUER', 'http://issuer.example.com'],
    ['OIDC_AUDIENCE', 'one-audience,'],
    ['OIDC_AUDIENCE', ' , '],
    ['ACCOUNT_CACHE_SECONDS', '-17'],
    ['ACCOUNT_CACHE_SECONDS', '17.5'],
    ['ACCOUNT_CACHE_SECONDS', '3601'],
    ['ACCOUNT_CACHE_SECONDS', 'seventeen'],
    ['ACCOUNT_CACHE_SECONDS', '1e3'],
    ['RESPONSE_BYTES', '1999'],
    ['RESPONSE_BYTES', '5000001'],
    ['RESPONSE_BYTES', '0x2710'],
    ['RESPONSE_BYTES', '9'.repeat(30)],
  ])('rejects a wrong value without showing the value: %s=%s', (name, value) => {
    // Act
    const message = faultOf(() => readSettings({ ...required, [name]: value }));

    // Assess
    expect(message).toMatch(new RegExp(`^${name} is malformed; it should hold .+\\.$`));
    expect(message).not.toContain(value);
  });

  test.each([undefined, ''])(
    "throws an error with the setting's name in one line if a required setting is %j",
    (value) => {
      for (const name of Object.keys(required)) {
        // Act
        const message = faultOf(() => readSettings({ ...required, [name]: value }));

        // Assess
        expect(message).toMatch(new RegExp(`^${name} is not set; it should hold .+\\.$`));
        expect(message).not.toContain('\n');
        expect(message).not.toContain('undefined');
      }
    },
  );

  test('treats an empty optional setting as not set', () => {
    // Act
    const settings = readSettings({
      ...required,
      SCALEKIT_CLIENT_SECRET_ARN: '',
      REQUIRED_SCOPE: '',
      CONNECT_URL: '',
      DELEGATION_SCOPE: '',
      ACCOUNT_CACHE_SECONDS: '',
      RESPONSE_BYTES: '',
    });

    // Assess
    expect(settings).toEqual(readSettings(required));
  });

  test.each([
    ['only the secret', { SCALEKIT_CLIENT_SECRET: 'test-secret' }],
    ['only the ARN of the secret', { SCALEKIT_CLIENT_SECRET_ARN: ARN }],
    [
      'both the secret and its ARN',
      { SCALEKIT_CLIENT_SECRET: 'test-secret', SCALEKIT_CLIENT_SECRET_ARN: ARN },
    ],
  ])('accepts %s', (_, secret) => {
    // Act
    const settings = readSettings({ ...required, SCALEKIT_CLIENT_SECRET: undefined, ...secret });

    // Assess
    expect(settings).toMatchObject(secret);
  });

  test('reports all faults in one line', () => {
    // Act
    const message = faultOf(() => readSettings({ SCALEKIT_CLIENT_ID: '', RESPONSE_BYTES: 'many' }));

    // Assess
    expect(message.match(/[A-Z_]+ is (not set|malformed)/g)).toEqual([
      'SCALEKIT_ENV_URL is not set',
      'SCALEKIT_CLIENT_ID is not set',
      'USER_VERIFY_URL is not set',
      'RESPONSE_BYTES is malformed',
      'SCALEKIT_CLIENT_SECRET is not set',
    ]);
    expect(message).not.toContain('\n');
  });

  test('ignores other variables', () => {
    expect(readSettings({ ...required, PATH: '/bin', TZ: undefined })).toEqual(readSettings(required));
  });
});

describe('readConnectorSettings', () => {
  const gmail = defineConnector({ name: 'gmail' });

  test.each<[string, Environment, { connection?: string; identityTemplate?: string }]>([
    ['nothing is set', {}, {}],
    [
      'all settings are empty',
      { GMAIL_CONNECTION: '', IDENTITY_TEMPLATE: '', GMAIL_IDENTITY_TEMPLATE: '' },
      {},
    ],
    ['a connection is set', { GMAIL_CONNECTION: 'gmail-Prod_1' }, { connection: 'gmail-Prod_1' }],
    ['only another connector is configured', { SLACK_CONNECTION: 'x', SLACK_IDENTITY_TEMPLATE: '{org}' }, {}],
    ['only the common template is set', { IDENTITY_TEMPLATE: '{org_id}' }, { identityTemplate: '{org_id}' }],
    [
      "only the connector's template is set",
      { GMAIL_IDENTITY_TEMPLATE: '{email}' },
      { identityTemplate: '{email}' },
    ],
    [
      'both templates are set',
      { IDENTITY_TEMPLATE: '{org_id}', GMAIL_IDENTITY_TEMPLATE: '{org_id}:{sub}' },
      { identityTemplate: '{org_id}:{sub}' },
    ],
    [
      "the connector's template is empty",
      { IDENTITY_TEMPLATE: '{org_id}', GMAIL_IDENTITY_TEMPLATE: '' },
      { identityTemplate: '{org_id}' },
    ],
  ])('returns the connection and the template if %s', (_, environment, expected) => {
    expect(readConnectorSettings(gmail, environment)).toStrictEqual({
      connection: 'gmail',
      identityTemplate: '{sub}',
      ...expected,
    });
  });

  test.each([
    ['GMAIL_CONNECTION', 'two words'],
    ['GMAIL_CONNECTION', 'gmäil-prod'],
    ['GMAIL_CONNECTION', 'gmail-prod\u200b'],
    ['IDENTITY_TEMPLATE', 'without-a-claim'],
    ['GMAIL_IDENTITY_TEMPLATE', '{unclosed'],
  ])('rejects a wrong value without showing the value: %s=%j', (name, value) => {
    // Act
    const message = faultOf(() => readConnectorSettings(gmail, { [name]: value }));

    // Assess
    expect(message).toMatch(new RegExp(`^${name} is malformed; it should hold .+\\.$`));
    expect(message).not.toContain(value);
  });
});

describe('readWriteSettings', () => {
  test('returns the table, and the period in which an identical call of an agent counts as a repetition', () => {
    expect(readWriteSettings({ IDEMPOTENCY_TABLE: 'none' })).toEqual({
      IDEMPOTENCY_TABLE: 'none',
      DEDUPE_SECONDS: 60,
    });
    const arn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/writes';
    expect(readWriteSettings({ IDEMPOTENCY_TABLE: arn, DEDUPE_SECONDS: '0' })).toEqual({
      IDEMPOTENCY_TABLE: arn,
      DEDUPE_SECONDS: 0,
    });
  });

  test.each([undefined, ''])('throws an error if the table is %j', (value) => {
    expect(faultOf(() => readWriteSettings({ IDEMPOTENCY_TABLE: value }))).toMatch(
      /^IDEMPOTENCY_TABLE is not set; it should hold .+\.$/,
    );
  });

  test.each([
    ['IDEMPOTENCY_TABLE', 'a b c'],
    ['IDEMPOTENCY_TABLE', 'no'],
    ['DEDUPE_SECONDS', '-1'],
    ['DEDUPE_SECONDS', '86401'],
    ['DEDUPE_SECONDS', '1.5'],
  ])('throws an error if %s is %j', (name, value) => {
    expect(faultOf(() => readWriteSettings({ IDEMPOTENCY_TABLE: 'table', [name]: value }))).toMatch(
      new RegExp(`^${name} is malformed; it should hold .+\\.$`),
    );
  });
});
