import type * as z from 'zod';
import type { ProviderPath } from './path.ts';
import type { ProviderErrorRule } from './provider-errors.ts';

type Scalar = string | number | boolean;

export interface ProviderRequestOptions<Response extends z.ZodType = z.ZodUnknown> {
  /** Undefined values are left out; an array repeats its key. */
  query?: Readonly<Record<string, Scalar | readonly Scalar[] | null | undefined>>;
  /** The body as JSON. */
  json?: unknown;
  /** The body as a form; undefined values are left out. */
  form?: Readonly<Record<string, Scalar | null | undefined>>;
  /** Besides the connector's own. */
  headers?: Readonly<Record<string, string>>;
  /**
   * That a POST changes nothing at the provider, so that a tool that writes may make it besides its one write; it is repeated
   * as a GET is. In a tool that reads, every call is one.
   */
  isRead?: boolean;
  /** What of the answer is used; the rest of it is dropped. An answer of another form is an error. */
  response?: Response;
  /** What single refusals mean to this tool, by HTTP status or by the provider's own name of the error. */
  errors?: Readonly<Record<string | number, ProviderErrorRule>>;
}

export interface ProviderResponse<Body> {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** As the response schema gives it; without one, the JSON that came, or undefined where the body is empty. */
  body: Body;
}

export type ProviderCall = <Response extends z.ZodType = z.ZodUnknown>(
  path: ProviderPath,
  options?: ProviderRequestOptions<Response>,
) => Promise<ProviderResponse<z.output<Response>>>;

/**
 * The provider's API, called as the user through Scalekit's proxy.
 * Every failure is a `ToolError` with the right code. A tool that writes may make one call that is not a GET.
 */
export interface ProviderClient {
  readonly get: ProviderCall;
  readonly post: ProviderCall;
  readonly put: ProviderCall;
  readonly patch: ProviderCall;
  readonly delete: ProviderCall;
}
