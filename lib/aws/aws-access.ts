import { lazily } from '../cache/lazily.ts';
import type { Environment } from '../settings/parse-settings.ts';

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** The URL, region and credentials of a service. */
export interface AwsAccess {
  /** The URL, such as `https://dynamodb.eu-west-1.amazonaws.com`. */
  url: string;
  region: string;
  credentials: AwsCredentials;
}

export interface AwsEndpoint {
  /** The service's name in its URL and in signatures, such as `secretsmanager`. */
  name: string;
  /** The service's name in environment variables, such as `SECRETS_MANAGER`. */
  setting: string;
}

// The first entry that matches a region is its partition:
// https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
const PARTITIONS = [
  { regions: /^cn-/, domain: 'amazonaws.com.cn', dualStackDomain: 'api.amazonwebservices.com.cn' },
  { regions: /^eusc-/, domain: 'amazonaws.eu', dualStackDomain: 'api.amazonwebservices.eu' },
  { regions: /^us-iso-/, domain: 'c2s.ic.gov', dualStackDomain: 'api.aws.ic.gov' },
  { regions: /^us-isob-/, domain: 'sc2s.sgov.gov', dualStackDomain: 'api.aws.scloud' },
  { regions: /^eu-isoe-/, domain: 'cloud.adc-e.uk', dualStackDomain: 'api.cloud-aws.adc-e.uk' },
  { regions: /^us-isof-/, domain: 'csp.hci.ic.gov', dualStackDomain: 'api.aws.hci.ic.gov' },
  { regions: /^/, domain: 'amazonaws.com', dualStackDomain: 'api.aws' },
];
// Hosts that do not follow the usual pattern of AWS host names.
const OTHER_HOSTS: readonly (readonly [host: RegExp, other: string])[] = [
  // Secrets Manager needs no dual-stack host (`api.aws`), because its standard hosts support IPv4 and IPv6.
  [/^(secretsmanager(?:-fips)?\..*)\.api\.aws$/, '$1.amazonaws.com'],
  [/^(secretsmanager\..*)\.api\.amazonwebservices\.com\.cn$/, '$1.amazonaws.com.cn'],
  // DynamoDB in GovCloud needs no separate FIPS host, because its standard hosts comply with FIPS.
  [/^dynamodb-fips\.(us-gov-.*\.amazonaws\.com)$/, 'dynamodb.$1'],
];

/**
 * Returns the URL, region and credentials of a service, from AWS's standard environment variables. If they contain no
 * credentials, the AWS SDK finds the credentials.
 * https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 * @throws Error if there is no region, or if there are no credentials
 */
export async function awsAccess(endpoint: AwsEndpoint, variables: Environment): Promise<AwsAccess> {
  const region = variables.AWS_REGION || variables.AWS_DEFAULT_REGION;
  if (!region) throw new Error('AWS_REGION is not set.');
  const credentials = credentialsIn(variables) ?? (await (await providerOfTheSdk())());
  return {
    url: configuredUrl(endpoint, variables) ?? urlOf(endpoint, region, variables),
    region,
    credentials,
  };
}

function credentialsIn(variables: Environment): AwsCredentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = variables;
  if (!accessKeyId || !secretAccessKey) return undefined;
  const sessionToken = variables.AWS_SESSION_TOKEN;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

/** The SDK reads profiles, asks the host's metadata service, and caches credentials until they expire. */
const providerOfTheSdk = lazily(async () => {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  return defaultProvider();
});

function configuredUrl({ setting }: AwsEndpoint, variables: Environment): string | undefined {
  if (isOn(variables.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS)) return undefined;
  return variables[`AWS_ENDPOINT_URL_${setting}`] || variables.AWS_ENDPOINT_URL || undefined;
}

function urlOf({ name }: AwsEndpoint, region: string, variables: Environment): string {
  const { domain, dualStackDomain } = PARTITIONS.find(({ regions }) => regions.test(region)) ?? {};
  const first = isOn(variables.AWS_USE_FIPS_ENDPOINT) ? `${name}-fips` : name;
  const host = `${first}.${region}.${isOn(variables.AWS_USE_DUALSTACK_ENDPOINT) ? dualStackDomain : domain}`;
  return `https://${OTHER_HOSTS.reduce((found, [form, other]) => found.replace(form, other), host)}`;
}

function isOn(setting: string | undefined): boolean {
  return setting?.toLowerCase() === 'true';
}
