import aws4 from 'aws4';
import { type HttpAnswer, HttpClient } from '../http/http-client.ts';
import { type FailedAttempt, RETRY_POLICIES, withRetries } from '../http/retries.ts';
import { TransportError } from '../http/transport-error.ts';
import type { Environment } from '../settings/environment.ts';
import { parseJson } from '../text/parse-json.ts';
import { abortable } from '../time/abortable.ts';
import { Deadline } from '../time/deadline.ts';
import { type AwsAccess, type AwsEndpoint, awsAccess } from './aws-access.ts';
import { AwsRefusal } from './aws-refusal.ts';

const TIME_MAX_MS = 3_000;

export interface AwsServiceDescription extends AwsEndpoint {
  /** The header `x-amz-target` without the operation, such as `DynamoDB_20120810`. */
  target: string;
  jsonVersion: '1.0' | '1.1';
  /** Whether it is called so often that a connection is worth keeping. */
  keepsConnections: boolean;
}

/**
 * A service of AWS that takes JSON. A function needs two operations of one and three of another: that is a signed request
 * each, while a client of the AWS SDK takes longer to load than all the rest of the function.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export class AwsService {
  readonly #description: AwsServiceDescription;
  readonly #variables: Environment;
  #client: { http: HttpClient; url: string } | undefined;

  constructor(description: AwsServiceDescription, variables: Environment) {
    this.#description = description;
    this.#variables = variables;
  }

  /**
   * Calls an operation, with retries.
   * @returns the response
   * @throws AwsRefusal, TransportError, or Error if there are no credentials
   */
  async call(operation: string, input: object, signal: AbortSignal): Promise<unknown> {
    const description = this.#description;
    const body = JSON.stringify(input);
    const deadline = Deadline.within(signal, TIME_MAX_MS);
    try {
      // Where the AWS SDK has to ask for credentials, it hears of no signal, and may wait for ever.
      const access = await abortable(awsAccess(description, this.#variables), deadline.signal);
      const http = this.#httpAt(access.url);
      const outcome = await withRetries<HttpAnswer | TransportError>(RETRY_POLICIES.aws, {
        deadline,
        async send(timeoutMs, attempt) {
          // Where one kept-alive connection had died, the others will have, too.
          if (attempt > 1) http.connections.closeUnusedSince(http.connections.mark());
          const limits = { signal: deadline.signal, timeoutMs: Math.max(1, timeoutMs) };
          const headers = signedHeaders(operation, body, access, description);
          return http.send({ method: 'POST', path: '/', headers, body }, limits).catch(asOutcome);
        },
        failed: failedAttempt,
      });
      if (outcome instanceof TransportError) throw outcome;
      const answer = parseJson(outcome.body);
      if (outcome.status !== 200) throw new AwsRefusal(outcome.status, answer);
      if (answer === undefined) throw new Error('The answer of AWS is no JSON.');
      return answer;
    } catch (error) {
      throw error === deadline.signal.reason ? new TransportError('aborted') : error;
    } finally {
      deadline.end();
    }
  }

  #httpAt(url: string): HttpClient {
    if (this.#client?.url !== url) this.#client = { url, http: new HttpClient(url) };
    return this.#client.http;
  }
}

function signedHeaders(
  operation: string,
  body: string,
  { url, region, credentials }: AwsAccess,
  { name: service, target, jsonVersion, keepsConnections }: AwsServiceDescription,
): Record<string, string> {
  const { host } = new URL(url);
  const { headers = {} } = aws4.sign(
    {
      method: 'POST',
      host,
      path: '/',
      service,
      region,
      headers: {
        'content-type': `application/x-amz-json-${jsonVersion}`,
        'x-amz-target': `${target}.${operation}`,
        // One that is used too rarely would be dead once the environment was frozen.
        ...(!keepsConnections && { connection: 'close' }),
      },
      body,
    },
    credentials,
  );
  // What the client writes by itself.
  const { Host: _host, 'Content-Length': _length, ...own } = headers;
  return Object.fromEntries(Object.entries(own).map(([name, value]) => [name, String(value)]));
}

function asOutcome(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  throw error;
}

function failedAttempt(outcome: HttpAnswer | TransportError): FailedAttempt | undefined {
  if (outcome instanceof TransportError) return { failure: outcome.failure };
  const { status, body } = outcome;
  return status < 400 ? undefined : { status, error: new AwsRefusal(status, parseJson(body)).code };
}
