import { StoredSecret } from '../aws/stored-secret.ts';
import type { Environment } from '../settings/parse-settings.ts';
import { readClientSecretSettings } from '../settings/settings.ts';
import { Deadline } from '../time/deadline.ts';

// The log line is the only reason to read the secret, so a call does not wait long for it.
const WAIT_MS_MAX = 500;
const PRIME_MS_MAX = 2_000;

/**
 * Makes a function that reads the client secret, which is the key of the hashes in the log. In Lambda, the first read
 * begins when the function starts.
 * @returns a function that returns undefined if the secret is not configured or cannot be read in time
 * @throws SettingsError
 */
export function createLogSecret(
  variables: Environment,
): (signal: AbortSignal) => Promise<string | undefined> {
  const { SCALEKIT_CLIENT_SECRET: secret, SCALEKIT_CLIENT_SECRET_ARN: arn } =
    readClientSecretSettings(variables);
  if (!secret && !arn) return async () => undefined;
  const stored = new StoredSecret({ secret, arn });

  async function readWithin(signal: AbortSignal, durationMs: number): Promise<string | undefined> {
    if (stored.known !== undefined) return stored.known;
    const deadline = Deadline.within(signal, durationMs);
    try {
      return await stored.read(deadline.signal);
    } catch {
      return undefined;
    } finally {
      deadline.end();
    }
  }

  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
  if (variables.AWS_LAMBDA_FUNCTION_NAME) void readWithin(AbortSignal.timeout(PRIME_MS_MAX), PRIME_MS_MAX);
  return (signal) => readWithin(signal, WAIT_MS_MAX);
}
