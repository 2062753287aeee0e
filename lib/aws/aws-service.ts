import aws4 from 'aws4';
import { HttpClient, type HttpResponse } from '../http-client/http-client.ts';
import { type FailedAttempt, RETRY_POLICIES, withRetries } from '../http-client/retries.ts';
import { TransportError } from '../http-client/transport-error.ts';
import type { Environment } from '../settings/parse-settings.ts';
import { parseJson } from '../text/json.ts';
import { abortable, Deadline } from '../time/deadline.ts';
import { type AwsAccess, type AwsEndpoint, awsAccess } from './aws-access.ts';

const TIME_MAX_MS = 3_000;

export interface AwsServiceDescription extends AwsEndpoint {
  /** The header `x-amz-target` without the operation, such as `DynamoDB_20120810`. */
  target: string;
  jsonVersion: '1.0' | '1.1';
  /** True if the service is called so often that its connections should stay open. */
  keepsConnections: boolean;
}

/**
 * An AWS service with a JSON protocol. We sign the requests ourselves, because loading a client of the AWS SDK would
 * take longer than loading the rest of the function.
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
   * @param timeoutMs the limit of all attempts together
   * @returns the response
   * @throws AwsError, TransportError, or Error if there are no credentials
   */
  async call(
    operation: string,
    input: object,
    signal: AbortSignal,
    timeoutMs = TIME_MAX_MS,
  ): Promise<unknown> {
    const description = this.#description;
    const body = JSON.stringify(input);
    const deadline = Deadline.within(signal, timeoutMs);
    try {
      // The SDK's credential provider accepts no signal and may wait forever.
      const access = await abortable(awsAccess(description, this.#variables), deadline.signal);
      const http = this.#httpAt(access.url);
      const outcome = await withRetries<HttpResponse | TransportError>(RETRY_POLICIES.aws, {
        deadline,
        async send(timeoutMs, attempt) {
          // The first attempt may have failed because the server closed all connections while the environment was
          // frozen. A retry therefore opens a new connection.
          if (attempt > 1) http.connections.closeUnusedSince(http.connections.mark());
          const limits = { signal: deadline.signal, timeoutMs: Math.max(1, timeoutMs) };
          const headers = signedHeaders(operation, body, access, description);
          return http.send({ method: 'POST', path: '/', headers, body }, limits).catch(asOutcome);
        },
        failed: failedAttempt,
      });
      if (outcome instanceof TransportError) throw outcome;
      const answer = parseJson(outcome.body);
      if (outcome.status !== 200) throw new AwsError(outcome.status, answer);
      if (answer === undefined) throw new Error('The response of AWS is not JSON.');
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
        // If we kept a rarely used connection open, the server would close it while the environment is frozen.
        ...(!keepsConnections && { connection: 'close' }),
      },
      body,
    },
    credentials,
  );
  // The HTTP client sets the headers Host and Content-Length itself.
  const { Host: _host, 'Content-Length': _length, ...own } = headers;
  return Object.fromEntries(Object.entries(own).map(([name, value]) => [name, String(value)]));
}

function asOutcome(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  throw error;
}

function failedAttempt(outcome: HttpResponse | TransportError): FailedAttempt | undefined {
  if (outcome instanceof TransportError) return { failure: outcome.failure };
  const { status, body } = outcome;
  return status < 400 ? undefined : { status, error: new AwsError(status, parseJson(body)).code };
}

/** An error that an AWS service returned. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** The name of the error, such as `ConditionalCheckFailedException`; empty if the response has no name. */
  readonly code: string;
  /** The body of the error response. Its message may name accounts and roles, so it is never shown or logged. */
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    const { __type: type }: { __type?: unknown } = Object(body);
    // The name may have a namespace before it and a URL after it:
    // https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
    const [, code = ''] = /(?:^|#)(\w{1,100})(?::http.*)?$/.exec(typeof type === 'string' ? type : '') ?? [];
    super(`AWS answers ${status} ${code}`.trim());
    this.code = code;
    this.body = body;
  }
}
