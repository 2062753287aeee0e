import type { Environment } from './environment.ts';

interface AwsClientConfig {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/**
 * How a client of AWS is set up by other variables than those of the process, which the AWS SDK reads itself.
 * https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 * @param service as in `AWS_ENDPOINT_URL_<service>`
 */
export function awsClientConfig(variables: Environment, service: string): AwsClientConfig {
  if (variables === process.env) return {};
  const {
    [`AWS_ENDPOINT_URL_${service}`]: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  } = variables;
  return {
    ...(endpoint && { endpoint }),
    ...(region && { region }),
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
  };
}
