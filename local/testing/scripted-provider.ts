import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../listen-on-loopback.ts';

export interface ProviderRequest {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface ScriptedAnswer {
  status?: number;
  headers?: Record<string, string | string[]>;
  /** JSON, unless it is text or bytes already. */
  body?: unknown;
}

/** `hang` never answers; `reset` breaks the connection once the request is read. */
export type Script = (request: ProviderRequest) => ScriptedAnswer | 'hang' | 'reset';

/** A provider that keeps what it got and does what the test says. */
export class ScriptedProvider {
  readonly requests: ProviderRequest[] = [];
  script: Script = () => ({});
  url = '';
  close = async () => {};

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
