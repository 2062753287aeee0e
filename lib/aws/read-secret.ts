import { AwsService } from './aws-service.ts';

const secretsManager = () =>
  new AwsService(
    {
      name: 'secretsmanager',
      setting: 'SECRETS_MANAGER',
      target: 'secretsmanager',
      jsonVersion: '1.1',
      keepsConnections: false,
    },
    process.env,
  );

/**
 * Reads a secret from Secrets Manager. The secret must be a plain string.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 * @throws Error
 */
export async function readSecret(arn: string, signal: AbortSignal): Promise<string> {
  const { SecretString: secret }: { SecretString?: unknown } = Object(
    await secretsManager().call('GetSecretValue', { SecretId: arn }, signal),
  );
  if (typeof secret !== 'string' || secret === '') throw new Error('The secret is not a plain string.');
  return secret;
}
