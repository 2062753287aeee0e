import type * as z from 'zod';
import { AuthoringError } from '../errors/authoring-error.ts';
import { SchemaMismatch } from '../errors/schema-mismatch.ts';
import { ToolError } from '../errors/tool-error.ts';
import { RETRY_POLICIES, withRetries } from '../http-client/retries.ts';
import { TransportError } from '../http-client/transport-error.ts';
import { ProviderPath } from '../provider/path.ts';
import type {
  ProviderCall,
  ProviderClient,
  ProviderRequestOptions,
  ProviderResponse,
} from '../provider/provider-client.ts';
import type { ProviderAnswer } from '../provider/provider-errors.ts';
import { placesOf } from '../provider/provider-faults.ts';
import { parseJson } from '../text/json.ts';
import { type Failure, failedAttempt, type Outcome, outcomeOfAnswer, outcomeOfFailure } from './outcome.ts';
import { type EncodedRequest, encodeRequest } from './provider-request.ts';
import type { ProxyInvocation } from './proxy-invocation.ts';
import { ProxySender } from './proxy-sender.ts';
import { refusalError } from './refusal-error.ts';

interface Call {
  path: ProviderPath;
  isWrite: boolean;
  options: ProviderRequestOptions<z.ZodType>;
  wasReplayed: boolean;
}

/** The provider client of one invocation. */
export class ProxyClient implements ProviderClient {
  readonly get = this.#method('GET');
  readonly post = this.#method('POST');
  readonly put = this.#method('PUT');
  readonly patch = this.#method('PATCH');
  readonly delete = this.#method('DELETE');

  readonly #invocation: ProxyInvocation;
  readonly #sender: ProxySender;
  #writes = 0;
  #isWriting = false;
  #mayHaveWritten = false;

  constructor(invocation: ProxyInvocation) {
    this.#invocation = invocation;
    this.#sender = new ProxySender(invocation);
  }

  /** True if a write was sent and may have happened. In this case, no error may suggest a retry. */
  get mayHaveWritten(): boolean {
    return this.#mayHaveWritten;
  }

  /**
   * Rejects a result that the tool returned before its write had ended.
   * @throws AuthoringError
   */
  assertWriteEnded(): void {
    if (this.#isWriting) throw new AuthoringError('A tool that writes must await its call.');
  }

  #method(method: string): ProviderCall {
    return (path, options = {}) => {
      const call = this.#call(method, path, options);
      // If a tool does not await a request and the request fails, the process must not end.
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
        'A provider call takes a path from the tag, such as path`/users/me`, not a string.',
      );
    }
    const { tool, connector } = this.#invocation;
    const isRead = method === 'GET' || (method === 'POST' && options.isRead);
    const isWrite = !isRead && tool.effect !== 'read';
    const call = { path, isWrite, options, wasReplayed: false };
    const request = encodeRequest(method, path, options, connector.headers);
    if (isWrite && this.#writes++ > 0) {
      throw new AuthoringError('A tool that writes makes at most one call that is not a GET.');
    }
    if (isWrite) this.#isWriting = true;
    try {
      const answer = await this.#accepted(call, request);
      return { ...answer, body: this.#parse(call, answer, options.response) };
    } finally {
      if (isWrite) this.#isWriting = false;
    }
  }

  /**
   * Returns the response of a request that succeeded. Retries a read, and also a write if it has certainly changed
   * nothing.
   */
  async #accepted(call: Call, request: EncodedRequest): Promise<ProviderAnswer> {
    const { deadline, statistics } = this.#invocation;
    const policy = call.isWrite ? RETRY_POLICIES.providerWrite : RETRY_POLICIES.providerRead;
    const outcome = await withRetries<Outcome>(policy, {
      deadline,
      send: (timeoutMs, attempt) => {
        if (attempt > 1) statistics.retries += 1;
        return this.#attempt(call, request, timeoutMs, attempt);
      },
      failed: (last) => failedAttempt(last, call.isWrite),
    });
    if (outcome.kind === 'accepted') return outcome.answer;
    const { template: pathTemplate } = call.path;
    if (outcome.kind === 'refused') {
      const { tool, input } = this.#invocation;
      const places = placesOf(tool.input.shape, input, call.options);
      throw await refusalError(outcome, { pathTemplate, places }, this.#invocation);
    }
    throw this.#failed(call, outcome);
  }

  async #attempt(
    call: Call,
    request: EncodedRequest,
    readTimeoutMs: number,
    attempt: number,
  ): Promise<Outcome> {
    const { isWrite, options } = call;
    let wasSent = false;
    const refused = () => {
      wasSent = false;
      if (isWrite) this.#mayHaveWritten = false;
    };
    try {
      const { body: text, ...answer } = await this.#sender.send(request, {
        // A write may use all the time that is left.
        timeoutMs: isWrite ? Number.POSITIVE_INFINITY : readTimeoutMs,
        onProvenConnection: isWrite || attempt > 1,
        onSend: () => {
          wasSent = true;
          this.#mayHaveWritten ||= isWrite;
        },
        onRefused: refused,
        mayReplay: () => {
          const mayReplay = !call.wasReplayed;
          call.wasReplayed = true;
          return mayReplay;
        },
      });
      const { errors, exactNumbers } = this.#invocation.connector;
      const isEmpty = text.trim() === '';
      const parsed = { ...answer, body: parseJson(text, { exactNumbers }) };
      const outcome = outcomeOfAnswer(parsed, { isEmpty, isWrite, errors, overrides: options.errors });
      if (outcome.kind === 'refused') refused();
      return outcome;
    } catch (error) {
      if (error instanceof TransportError) return outcomeOfFailure(error, wasSent);
      throw error;
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
    const cause = new SchemaMismatch(schema, result.error);
    throw this.#failed(call, { code: 'invalid_provider_response', status, cause });
  }

  /** Returns the error of a failed call. If a write was sent, the error is `outcome_unknown`. */
  #failed({ path, isWrite }: Call, { code, status, waitSeconds, cause }: Failure): ToolError {
    const upstream = { status, pathTemplate: path.template };
    return isWrite && this.#mayHaveWritten
      ? new ToolError('outcome_unknown', { cause, upstream })
      : new ToolError(code, { cause, upstream, retryAfterSeconds: waitSeconds });
  }
}
