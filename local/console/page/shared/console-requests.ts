import type { ConsoleErrorBody } from '../../console-api.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** The server returned an error, or could not be reached. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  readonly details: ConsoleErrorBody['details'];

  constructor(message: string, details: ConsoleErrorBody['details'] = []) {
    super(message);
    this.details = details;
  }
}

interface RequestOptions {
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Sends a request to the console's server and returns the response. The response is not validated, because
 * the page and the server come from the same build.
 * @throws RequestFailed
 */
export async function readJson<Answer>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const response = await exchange(method, path, options);
  return response.json();
}

/**
 * Sends a request that has no response body.
 * @throws RequestFailed
 */
export async function send(method: Method, path: string, options: RequestOptions = {}): Promise<void> {
  await exchange(method, path, options);
}

/** Returns the message of an error that a request threw. */
export function failureText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function exchange(method: Method, path: string, { body, signal }: RequestOptions): Promise<Response> {
  const response = await fetch(path, {
    method,
    ...(signal && { signal }),
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new RequestFailed('The console cannot be reached. Is npm start still running?');
  });
  if (response.ok) return response;
  throw await refusalOf(response);
}

async function refusalOf(response: Response): Promise<RequestFailed> {
  const text = await response.text();
  try {
    const { message, details }: ConsoleErrorBody = JSON.parse(text);
    return new RequestFailed(message, details);
  } catch {
    return new RequestFailed(`The console returned status ${response.status}.`);
  }
}
