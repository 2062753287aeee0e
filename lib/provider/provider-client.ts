import type * as z from 'zod';
import type { ProviderPath } from './path.ts';
import type { ProviderErrorRule } from './provider-errors.ts';

type Scalar = string | number | boolean;

/** The options of a request to the provider. */
export interface ProviderRequestOptions<Response extends z.ZodType = z.ZodUnknown> {
  /** The query string. Undefined and null values are left out; an array repeats its key. */
  query?: Readonly<Record<string, Scalar | readonly Scalar[] | null | undefined>>;
  /** The body as JSON. A GET has no body, and `json` and `form` exclude each other. */
  json?: unknown;
  /** The body as a form; undefined and null values are left out. */
  form?: Readonly<Record<string, Scalar | null | undefined>>;
  /**
   * Headers of this request, which override the connector's. Headers that name the user, such as `authorization`, are
   * rejected.
   */
  headers?: Readonly<Record<string, string>>;
  /**
   * True for a POST that changes nothing at the provider. It is retried like a GET, and a tool that writes may make it
   * in addition to its one write. In a tool that reads, every request counts as a read.
   */
  isRead?: boolean;
  /**
   * The schema of the part of the response that the tool uses; the rest is dropped. A response of another form is an
   * error.
   */
  response?: Response;
  /** Fields that the tool knows, by the provider's names. A fault in one of them is reported under that name. */
  knownFields?: readonly string[];
  /** Rules for errors of this request only, by HTTP status or by the provider's error name. */
  errors?: Readonly<Record<string | number, ProviderErrorRule>>;
}

/** A successful response of the provider. */
export interface ProviderResponse<Body> {
  /** The HTTP status, from 200 to 299. */
  status: number;
  /** The headers, with names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** The parsed output of the response schema. Without a schema, the JSON, or undefined if the body is empty. */
  body: Body;
}

/**
 * One request to the provider. A read is sent up to three times if a retry can help.
 * @throws ToolError with the code of the matching {@link ProviderErrorRule}; `provider_unavailable` or
 * `provider_timeout` if a read gets no response; `invalid_provider_response` if the response does not fit the schema;
 * `outcome_unknown` if a write was sent and its outcome is unknown
 * @throws AuthoringError for a second write, and for a path that was not made by the tag `path`
 */
export type ProviderCall = <Response extends z.ZodType = z.ZodUnknown>(
  path: ProviderPath,
  options?: ProviderRequestOptions<Response>,
) => Promise<ProviderResponse<z.output<Response>>>;

/**
 * The provider's API, called as the user through Scalekit's proxy.
 * Every failure is a `ToolError` with the right code. A tool that writes may make only one request that is not a GET.
 */
export interface ProviderClient {
  /** Always a read. */
  readonly get: ProviderCall;
  /** A write in a tool that writes, unless `isRead` is set. */
  readonly post: ProviderCall;
  /** A write in a tool that writes. */
  readonly put: ProviderCall;
  /** A write in a tool that writes. */
  readonly patch: ProviderCall;
  /** A write in a tool that writes. */
  readonly delete: ProviderCall;
}
