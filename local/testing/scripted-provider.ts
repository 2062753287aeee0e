import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../listen-on-loopback.ts';

/** A request that reached the provider, with the token of the user. */
export interface ProviderRequest {
  /** Such as `GET`. */
  method: string | undefined;
  /** The path with the query, both encoded. */
  url: string | undefined;
  /** Names in lower case. */
  headers: IncomingHttpHeaders;
  /** As text; empty where there is none. */
  body: string;
}

/** What the provider answers. */
export interface ScriptedAnswer {
  /** By default 200. */
  status?: number;
  /** Besides `content-type`, which is that of JSON where they do not say otherwise. */
  headers?: Record<string, string | string[]>;
  /** JSON, unless it is text or bytes already. */
  body?: unknown;
}

/** Says what the provider answers to a request. `hang` never answers; `reset` breaks the connection once it is read. */
export type Script = (request: ProviderRequest) => ScriptedAnswer | 'hang' | 'reset';

/** A provider that keeps what it got and does what the test says. */
export class ScriptedProvider {
  /** All that arrived, in order. */
  readonly requests: ProviderRequest[] = [];
  /** What it answers from now on; by default an empty object. */
  script: Script = () => ({});
  /** Its address on this machine. */
  url = '';
  /** Ends it. */
  close = async () => {};

  /** Starts one on a free port of this machine. */
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
