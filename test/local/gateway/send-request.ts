import { request } from 'node:http';

export interface SentRequest {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

export interface ReceivedAnswer {
  status: number | undefined;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

/** Sends a request with exactly these headers. `fetch` would add others. */
export function sendRequest(url: string, { method = 'POST', headers = {}, body }: SentRequest) {
  return new Promise<ReceivedAnswer>((resolve, reject) => {
    const outgoing = request(url, { method, headers });
    outgoing.on('error', reject).on('response', async (response) => {
      const chunks = await response.toArray();
      const text = Buffer.concat(chunks).toString();
      resolve({ status: response.statusCode, headers: response.headers, text });
    });
    outgoing.end(body);
  });
}
