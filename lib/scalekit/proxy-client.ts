import type * as z from 'zod';
import { AuthoringError } from '../errors/authoring-error.ts';
import type { ErrorCode } from '../errors/error-codes.ts';
import { SchemaMismatch } from '../errors/schema-mismatch.ts';
import { ToolError } from '../errors/tool-error.ts';
import { parseJson } from './parse-json.ts';
import { ProviderPath } from './path.ts';
import type {
  ProviderCall,
  ProviderClient,
  ProviderRequestOptions,
  ProviderResponse,
} from './provider-client.ts';
import { type ProviderAnswer, refusalOf } from './provider-errors.ts';
import { type EncodedRequest, encodeRequest } from './provider-request.ts';
import type { ProxyInvocation } from './proxy-invocation.ts';
import { proxyNotEnabled } from './proxy-not-enabled.ts';
import { ProxySender } from './proxy-sender.ts';
import { refusalError } from './refusal-error.ts';
import type { HttpAnswer } from './sdk.ts';
import { TransportError, type TransportFailure } from './transport-error.ts';

// One dead connection must leave time for an answer; a write is worth all the time there is.
const READ_TIMEOUT_MS = 15_000;
const WRITE_TIMEOUT_MS = 60_000;
const READ_FAILURES: Record<TransportFailure, ErrorCode> = {
  not_connected: 'provider_unavailable',
  connection_lost: 'provider_unavailable',
  unknown: 'provider_unavailable',
  timed_out: 'provider_timeout',
  aborted: 'provider_timeout',
  too_large: 'invalid_provider_response',
};

interface Call {
  path: ProviderPath;
  isWrite: boolean;
  errors: ProviderRequestOptions['errors'];
}

/** The provider client of one invocation. */
export class ProxyClient implements ProviderClient {
  readonly get = this.#method('GET');
  readonly post = this.#method('POST');
  readonly put = this.#method('PUT');
  readonly patch = this.#method('PATCH');
  readonly delete = this.#method('DELETE');

  readonly #options: ProxyInvocation;
  readonly #sender: ProxySender;
  #writes = 0;
  #mayHaveWritten = false;

  constructor(options: ProxyInvocation) {
    this.#options = options;
    this.#sender = new ProxySender(options.scalekit, options.account, options.deadline);
  }

  /** Whether a write was sent and not certainly refused: from then on no error may invite a repeat. */
  get mayHaveWritten(): boolean {
    return this.#mayHaveWritten;
  }

  #method(method: string): ProviderCall {
    return (path, options = {}) => {
      const call = this.#call(method, path, options);
      // The failure of a call that a tool does not wait for must not end the process.
      call.catch(() => undefined);
      return call;
    };
  }

  async #call<Response extends z.ZodType>(
    method: string,
    path: ProviderPath,
    options: ProviderRequestOptions<Response>,
  ): Promise<ProviderResponse<z.output<Response>>> {
    if (!(path instanceof ProviderPath)) {
      throw new AuthoringError(
        'A provider call takes a path that the tag made, such as path`/users/me`, not a string.',
      );
    }
    const { tool, connector } = this.#options;
    const call = { path, isWrite: method !== 'GET' && tool.effect !== 'read', errors: options.errors };
    if (call.isWrite && this.#writes++ > 0) {
      throw new AuthoringError('A tool that writes makes at most one call that is not a GET.');
    }
    const headers = { ...connector.headers, ...options.headers };
    const sent = await this.#send(call, encodeRequest(method, path, { ...options, headers }));
    const answer = { ...sent, body: parseJson(sent.body) };
    await this.#assertAccepted(call, answer);
    if (answer.body === undefined && sent.body.trim() !== '') {
      throw this.#failed(call, 'invalid_provider_response', sent.status);
    }
    return { ...answer, body: this.#parse(call, answer, options.response) };
  }

  async #send(call: Call, request: EncodedRequest): Promise<HttpAnswer> {
    const timeoutMs = call.isWrite ? WRITE_TIMEOUT_MS : READ_TIMEOUT_MS;
    try {
      return await this.#sender.send(request, timeoutMs, () => {
        this.#mayHaveWritten ||= call.isWrite;
      });
    } catch (cause) {
      const failure = cause instanceof TransportError ? cause.failure : undefined;
      // With an error of our own the proxy has refused what was sent; the other says that it never got it.
      const nothingHappened = cause instanceof ToolError || failure === 'not_connected';
      if (call.isWrite && nothingHappened) this.#mayHaveWritten = false;
      throw failure ? this.#failed(call, READ_FAILURES[failure], null, cause) : cause;
    }
  }

  /** Lets a success pass, and throws what a refusal or a fault means. */
  async #assertAccepted(call: Call, answer: ProviderAnswer): Promise<void> {
    const { errors } = this.#options.connector;
    const notEnabled = proxyNotEnabled(answer, errors, call.path.template);
    if (notEnabled) {
      if (call.isWrite) this.#mayHaveWritten = false;
      throw notEnabled;
    }
    const refusal = refusalOf(answer, errors, call.errors);
    const isUnavailable = refusal ? refusal.code === 'provider_unavailable' : answer.status >= 500;
    // No table can say that a write that ended in a fault did not happen.
    if (isUnavailable || (call.isWrite && answer.status >= 500)) {
      throw this.#failed(call, 'provider_unavailable', answer.status);
    }
    if (refusal) {
      // The provider, or the proxy, said no: nothing happened.
      if (call.isWrite) this.#mayHaveWritten = false;
      throw await refusalError(refusal, answer, call.path.template, this.#options);
    }
    if (answer.status < 200 || answer.status >= 300) {
      throw this.#failed(call, 'invalid_provider_response', answer.status);
    }
  }

  #parse<Response extends z.ZodType>(
    call: Call,
    answer: ProviderAnswer,
    schema: Response | undefined,
  ): z.output<Response>;
  #parse(call: Call, { status, body }: ProviderAnswer, schema: z.ZodType | undefined): unknown {
    if (!schema) return body;
    const result = schema.safeParse(body);
    if (result.success) return result.data;
    throw this.#failed(call, 'invalid_provider_response', status, new SchemaMismatch(schema, result.error));
  }

  /** A read failed in a way that can be told; after a write was sent, all that is known is that it was sent. */
  #failed({ path, isWrite }: Call, code: ErrorCode, status: number | null, cause?: unknown): ToolError {
    const upstream = { status, pathTemplate: path.template };
    return new ToolError(isWrite && this.#mayHaveWritten ? 'outcome_unknown' : code, { cause, upstream });
  }
}
