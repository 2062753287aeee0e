import type * as z from 'zod';
import type { ProviderPath } from './path.ts';
import type { ProviderErrorRule } from './provider-errors.ts';

type Scalar = string | number | boolean;

/** What a call of the provider sends, and what it makes of the answer. */
export interface ProviderRequestOptions<Response extends z.ZodType = z.ZodUnknown> {
  /** What follows `?`. Undefined and null values are left out; an array repeats its key. */
  query?: Readonly<Record<string, Scalar | readonly Scalar[] | null | undefined>>;
  /** The body as JSON. A GET has none, and a call has one of `json` and `form`. */
  json?: unknown;
  /** The body as a form; undefined and null values are left out. */
  form?: Readonly<Record<string, Scalar | null | undefined>>;
  /** Besides the connector's own, which they replace; not those that say for whom a call is, such as `authorization`. */
  headers?: Readonly<Record<string, string>>;
  /**
   * That a POST changes nothing at the provider, so that a tool that writes may make it besides its one write; it is repeated
   * as a GET is. In a tool that reads, every call is one.
   */
  isRead?: boolean;
  /** What of the answer is used; the rest of it is dropped. An answer of another form is an error. */
  response?: Response;
  /** Fields that the tool knows, by the provider's names: a refusal that names one of them is told with that name. */
  knownFields?: readonly string[];
  /** What single refusals mean to this tool, by HTTP status or by the provider's own name of the error. */
  errors?: Readonly<Record<string | number, ProviderErrorRule>>;
}

/** A success, as the provider answered it. */
export interface ProviderResponse<Body> {
  /** The HTTP status, from 200 to 299. */
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** The output of the response schema. Without a schema, the JSON, or undefined if the body is empty. */
  body: Body;
}

/**
 * One call of the provider. A read is sent up to three times if that can help.
 * @throws ToolError with the code of the {@link ProviderErrorRule} that a refusal fits; `provider_unavailable` or
 * `provider_timeout` if a read gets no response; `invalid_provider_response` if the response does not fit the schema;
 * `outcome_unknown` if a write was sent and its outcome is unknown
 * @throws AuthoringError for a second write, and for a path that is not made by the tag `path`
 */
export type ProviderCall = <Response extends z.ZodType = z.ZodUnknown>(
  path: ProviderPath,
  options?: ProviderRequestOptions<Response>,
) => Promise<ProviderResponse<z.output<Response>>>;

/**
 * The provider's API, called as the user through Scalekit's proxy.
 * Every failure is a `ToolError` with the right code. A tool that writes may make one call that is not a GET.
 */
export interface ProviderClient {
  /** Always a read. */
  readonly get: ProviderCall;
  /** A write in a tool that writes, but with `isRead`. */
  readonly post: ProviderCall;
  /** A write in a tool that writes. */
  readonly put: ProviderCall;
  /** A write in a tool that writes. */
  readonly patch: ProviderCall;
  /** A write in a tool that writes. */
  readonly delete: ProviderCall;
}
