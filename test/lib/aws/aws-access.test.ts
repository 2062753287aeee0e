import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { type AwsEndpoint, awsAccess } from '../../../lib/aws/aws-access.ts';
import type { Environment } from '../../../lib/settings/parse-settings.ts';
import { startRecordingServer } from '../../support/recording-server.ts';

const DYNAMODB: AwsEndpoint = { name: 'dynamodb', setting: 'DYNAMODB' };
const SECRETS_MANAGER: AwsEndpoint = { name: 'secretsmanager', setting: 'SECRETS_MANAGER' };
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDVARIABLES', AWS_SECRET_ACCESS_KEY: 'of-the-variables' };
const REGION = { AWS_REGION: 'eu-west-1' };

const urlOf = async (endpoint: AwsEndpoint, variables: Environment) =>
  (await awsAccess(endpoint, { ...REGION, ...KEYS, ...variables })).url;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-access-'));
  // The AWS settings of the developer's machine must not affect the tests.
  for (const name of Object.keys(process.env).filter((one) => one.startsWith('AWS_')))
    vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

describe('the region', () => {
  test.each([
    [{ AWS_REGION: 'eu-west-1' }, 'eu-west-1'],
    [{ AWS_DEFAULT_REGION: 'eu-north-1' }, 'eu-north-1'],
    [{ AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-north-1' }, 'eu-north-1'],
    [{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-north-1' }, 'eu-west-1'],
  ])('is read from the variables %j: %s', async (variables, expected) => {
    // Act
    const { region, url } = await awsAccess(DYNAMODB, { ...KEYS, ...variables });

    // Assess
    expect({ region, url }).toEqual({ region: expected, url: `https://dynamodb.${expected}.amazonaws.com` });
  });

  test.each([[{}], [{ AWS_REGION: '', AWS_DEFAULT_REGION: '' }]])(
    'cannot be read from the variables %j, which causes an error',
    async (variables) => {
      // Act
      const access = awsAccess(DYNAMODB, { ...KEYS, ...variables });

      // Assess
      await expect(access).rejects.toThrow('AWS_REGION is not set.');
    },
  );
});

describe('the default URL', () => {
  test.each<[AwsEndpoint, string, { FIPS?: string; DUALSTACK?: string }, string]>([
    [DYNAMODB, 'eu-west-1', {}, 'https://dynamodb.eu-west-1.amazonaws.com'],
    [SECRETS_MANAGER, 'cn-north-1', {}, 'https://secretsmanager.cn-north-1.amazonaws.com.cn'],
    [SECRETS_MANAGER, 'eusc-de-east-1', {}, 'https://secretsmanager.eusc-de-east-1.amazonaws.eu'],
    [DYNAMODB, 'us-east-1', { FIPS: 'true' }, 'https://dynamodb-fips.us-east-1.amazonaws.com'],
    [DYNAMODB, 'us-east-1', { FIPS: 'false', DUALSTACK: '' }, 'https://dynamodb.us-east-1.amazonaws.com'],
    [DYNAMODB, 'eu-west-1', { DUALSTACK: 'TRUE' }, 'https://dynamodb.eu-west-1.api.aws'],
  ])(
    'is calculated for the service %j in %s with %j: %s',
    async (endpoint, region, { FIPS, DUALSTACK }, expected) => {
      // Act
      const url = await urlOf(endpoint, {
        AWS_REGION: region,
        AWS_USE_FIPS_ENDPOINT: FIPS,
        AWS_USE_DUALSTACK_ENDPOINT: DUALSTACK,
      });

      // Assess
      expect(url).toBe(expected);
    },
  );

  const Addressed = z.object({ protocol: z.string(), hostname: z.string() });

  /** Returns the URL that the AWS SDK would use with the settings of this process. */
  async function urlOfTheSdk({ name }: AwsEndpoint): Promise<string> {
    let url = '';
    const stop = () => async (step: { request: unknown }) => {
      const { protocol, hostname } = Addressed.parse(step.request);
      url = `${protocol}//${hostname}`;
      throw new Error('It is not sent.');
    };
    const sending = () => {
      if (name === 'dynamodb') {
        const client = new DynamoDBClient();
        client.middlewareStack.add(stop, { step: 'build', priority: 'low' });
        return client.send(new GetItemCommand({ TableName: 'any', Key: { id: { S: 'any' } } }));
      }
      const client = new SecretsManagerClient();
      client.middlewareStack.add(stop, { step: 'build', priority: 'low' });
      return client.send(new GetSecretValueCommand({ SecretId: 'any' }));
    };
    await expect(sending()).rejects.toThrow('It is not sent.');
    return url;
  }

  const regions = [
    ...['eu-west-1', 'us-gov-west-1', 'us-gov-east-1', 'cn-north-1', 'eusc-de-east-1'],
    ...['us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1', 'us-isof-south-1'],
  ];
  const cases = [DYNAMODB, SECRETS_MANAGER].flatMap((endpoint) =>
    regions.flatMap((region) =>
      ['false', 'true'].flatMap((fips) =>
        ['false', 'true'].map((dualStack) => ({ name: endpoint.name, endpoint, region, fips, dualStack })),
      ),
    ),
  );

  test.each(cases)(
    'equals the default URL of the AWS SDK for $name in $region (FIPS $fips, dual stack $dualStack)',
    async ({ endpoint, region, fips, dualStack }) => {
      // Prepare
      const variables = {
        ...KEYS,
        AWS_REGION: region,
        AWS_USE_FIPS_ENDPOINT: fips,
        AWS_USE_DUALSTACK_ENDPOINT: dualStack,
      };
      for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);

      // Act
      const { url } = await awsAccess(endpoint, process.env);

      // Assess
      expect(url).toBe(await urlOfTheSdk(endpoint));
    },
  );
});

describe('a configured URL', () => {
  const ONE = 'http://127.0.0.1:8000';
  const ALL = 'http://127.0.0.1:4566';
  const DEFAULT = 'https://dynamodb.eu-west-1.amazonaws.com';

  test.each([
    ['one URL for all services', { AWS_ENDPOINT_URL: ALL }, ALL],
    ['a URL for the service', { AWS_ENDPOINT_URL_DYNAMODB: ONE }, ONE],
    [
      'the URL for the service takes precedence',
      { AWS_ENDPOINT_URL: ALL, AWS_ENDPOINT_URL_DYNAMODB: ONE },
      ONE,
    ],
    [
      'an empty URL for the service is ignored',
      { AWS_ENDPOINT_URL: ALL, AWS_ENDPOINT_URL_DYNAMODB: '' },
      ALL,
    ],
    ['a URL for another service is ignored', { AWS_ENDPOINT_URL_SECRETS_MANAGER: ONE }, DEFAULT],
    ['empty URLs are ignored', { AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_DYNAMODB: '' }, DEFAULT],
  ])('is used in the same way as by the AWS SDK: %s', async (_, variables, expected) => {
    // Act
    const url = await urlOf(DYNAMODB, variables);

    // Assess
    expect(url).toBe(expected);
  });

  test.each([
    ['true', DEFAULT],
    ['True', DEFAULT],
    ['false', ONE],
    ['', ONE],
  ])(
    'is ignored only if AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is true: %j leads to %s',
    async (ignored, expected) => {
      // Act
      const url = await urlOf(DYNAMODB, {
        AWS_ENDPOINT_URL: ONE,
        AWS_ENDPOINT_URL_DYNAMODB: ONE,
        AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: ignored,
      });

      // Assess
      expect(url).toBe(expected);
    },
  );
});

describe('credentials in the environment variables', () => {
  const plain = { accessKeyId: 'AKIDVARIABLES', secretAccessKey: 'of-the-variables' };

  test.each([
    ['without a session token', {}, plain],
    ['with an empty session token', { AWS_SESSION_TOKEN: '' }, plain],
    ['with a session token', { AWS_SESSION_TOKEN: 'session' }, { ...plain, sessionToken: 'session' }],
  ])('are used unchanged: %s', async (_, variables, expected) => {
    // Act
    const { credentials } = await awsAccess(DYNAMODB, { ...REGION, ...KEYS, ...variables });

    // Assess
    expect(credentials).toStrictEqual(expected);
  });
});

describe('credentials that are not in the environment variables', () => {
  /** Imports a new copy of the module, which has no cached credentials. */
  async function newAwsAccess(): Promise<typeof awsAccess> {
    vi.resetModules();
    return (await import('../../../lib/aws/aws-access.ts')).awsAccess;
  }

  test.each([
    ['no credentials', {}],
    ['only an ID', { AWS_ACCESS_KEY_ID: 'AKIDVARIABLES' }],
    ['only a secret', { AWS_SECRET_ACCESS_KEY: 'of-the-variables' }],
    ['empty credentials', { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }],
  ])('are read from the AWS profile if the variables contain %s', async (_, variables) => {
    // Prepare
    const file = [
      '[default]',
      'aws_access_key_id = AKIDDEFAULT',
      'aws_secret_access_key = of-the-default',
      '[work]',
      'aws_access_key_id = AKIDWORK',
      'aws_secret_access_key = of-work',
      'aws_session_token = session-of-work',
    ];
    await writeFile(join(folder, 'credentials'), file.join('\n'));
    vi.stubEnv('AWS_PROFILE', 'work');
    const access = await newAwsAccess();

    // Act
    const { credentials } = await access(DYNAMODB, { ...REGION, ...variables });

    // Assess
    expect(credentials).toMatchObject({
      accessKeyId: 'AKIDWORK',
      secretAccessKey: 'of-work',
      sessionToken: 'session-of-work',
    });
  });

  test('cause an error if they exist nowhere, and the error is not cached', async () => {
    // Prepare
    const access = await newAwsAccess();

    // Act
    const failure = await access(DYNAMODB, REGION).catch((error: unknown) => error);
    await writeFile(
      join(folder, 'later'),
      '[default]\naws_access_key_id = AKIDLATER\naws_secret_access_key = later',
    );
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'later'));
    const { credentials } = await access(DYNAMODB, REGION);

    // Assess
    expect(failure).toMatchObject({ name: 'CredentialsProviderError' });
    expect(credentials).toMatchObject({ accessKeyId: 'AKIDLATER' });
  });

  test('are requested once, and again after they have expired', async () => {
    // Prepare
    vi.useFakeTimers({ toFake: ['Date'] });
    let given = 0;
    const machine = await startRecordingServer((_request, response) => {
      given += 1;
      const document = {
        AccessKeyId: `AKIDMACHINE${given}`,
        SecretAccessKey: 'of-the-machine',
        Token: 'session-of-the-machine',
        Expiration: new Date(Date.now() + 3_600_000).toISOString(),
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
    });
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `${machine.url}/credentials`);
    const access = await newAwsAccess();
    const accessKeyId = async (elapsedMs: number) => {
      vi.setSystemTime(Date.now() + elapsedMs);
      return (await access(DYNAMODB, REGION)).credentials.accessKeyId;
    };

    // Act
    const ids = [await accessKeyId(0), await accessKeyId(3_000_000), await accessKeyId(600_001)];
    await machine.close();

    // Assess
    expect(ids).toEqual(['AKIDMACHINE1', 'AKIDMACHINE1', 'AKIDMACHINE2']);
    expect(machine.received.map(({ url }) => url)).toEqual(['/credentials', '/credentials']);
  });
});
