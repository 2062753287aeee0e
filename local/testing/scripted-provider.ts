import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../listen-on-loopback.ts';

/** A request that reached the provider, with the user's token. */
export interface ProviderRequest {
  /** For example `GET`. */
  method: string | undefined;
  /** The encoded path and query. */
  url: string | undefined;
  /** Names in lower case. */
  headers: IncomingHttpHeaders;
  /** The body as text; empty if there is no body. */
  body: string;
}

/** The provider's response. */
export interface ScriptedAnswer {
  /** The HTTP status; 200 by default. */
  status?: number;
  /** Additional headers. `content-type` is JSON by default. */
  headers?: Record<string, string | string[]>;
  /** Strings and bytes are sent unchanged, other values as JSON. */
  body?: unknown;
}

/**
 * Returns the response to a request. With `hang`, the provider never responds. With `reset`, it reads the request and
 * drops the connection.
 */
export type Script = (request: ProviderRequest) => ScriptedAnswer | 'hang' | 'reset';

/** A provider that follows a script and stores all requests. */
export class ScriptedProvider {
  /** All requests, in order. */
  readonly requests: ProviderRequest[] = [];
  /** The script. By default it returns an empty object. */
  script: Script = () => ({});
  /** The provider's URL on this machine. */
  url = '';
  /** Stops the provider. */
  close = async () => {};

  /** Starts a provider on a free port. */
  static async start(): Promise<ScriptedProvider> {
    const provider = new ScriptedProvider();
    const server = createServer(async (incoming, response) => {
      const { method, url, headers } = incoming;
      const request = { method, url, headers, body: await text(incoming) };
      provider.requests.push(request);
      const answer = provider.script(request);
      if (answer === 'hang') return;
      if (answer === 'reset') {
        response.destroy();
        return;
      }
      const { status = 200, headers: answerHeaders = {}, body = {} } = answer;
      response.writeHead(status, { 'content-type': 'application/json', ...answerHeaders });
      response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
    });
    const { url, close } = await listenOnLoopback(server, 0);
    return Object.assign(provider, { url, close });
  }
}
