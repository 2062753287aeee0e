import type * as z from 'zod';
import type { ProviderPath } from './path.ts';
import type { ProviderErrorRule } from './provider-errors.ts';

type Scalar = string | number | boolean;

/** The options of a request to the provider. */
export interface ProviderRequestOptions<Response extends z.ZodType = z.ZodUnknown> {
  /** The query string. Undefined and null values are left out. For an array, the key is repeated. */
  query?: Readonly<Record<string, Scalar | readonly Scalar[] | null | undefined>>;
  /** The body as JSON. A GET has no body. Only one of `json` and `form` may be set. */
  json?: unknown;
  /** The body as a form. Undefined and null values are left out. */
  form?: Readonly<Record<string, Scalar | null | undefined>>;
  /**
   * Headers of this request. They override the connector's headers. Headers that identify the user, such as
   * `authorization`, are rejected.
   */
  headers?: Readonly<Record<string, string>>;
  /**
   * True for a POST that changes nothing at the provider. Such a POST is retried like a GET. A tool that writes may
   * send it in addition to its one write. In a tool that only reads, every request counts as a read without this
   * option.
   */
  isRead?: boolean;
  /**
   * The schema of the response fields that the tool uses. Other fields are removed. If the response does not match the
   * schema, the request throws an error.
   */
  response?: Response;
  /**
   * Field names of the provider that the tool knows, for example from an earlier response. An error may show these
   * names to the agent.
   */
  knownFields?: readonly string[];
  /** Rules for the errors of this request only, by HTTP status or by the provider's error name. */
  errors?: Readonly<Record<string | number, ProviderErrorRule>>;
}

/** A successful response of the provider. */
export interface ProviderResponse<Body> {
  /** The HTTP status, from 200 to 299. */
  status: number;
  /** The headers, with names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** The output of the response schema. Without a schema, the parsed JSON, or undefined if the body is empty. */
  body: Body;
}

/**
 * Sends one request to the provider. A read is sent up to three times if a retry can help.
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
 * The provider's API. Requests go through Scalekit's proxy, on behalf of the user. Every failure is a `ToolError` with
 * a matching code. A tool that writes may send any number of reads, but only one write.
 */
export interface ProviderClient {
  /** Counts as a read in every tool. */
  readonly get: ProviderCall;
  /** Counts as a write in a tool that writes, unless `isRead` is set. */
  readonly post: ProviderCall;
  /** Counts as a write in a tool that writes. */
  readonly put: ProviderCall;
  /** Counts as a write in a tool that writes. */
  readonly patch: ProviderCall;
  /** Counts as a write in a tool that writes. */
  readonly delete: ProviderCall;
}
