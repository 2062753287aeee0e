import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../../local/listen-on-loopback.ts';

interface ReceivedRequest {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
  /** The client's port of the connection. */
  clientPort: number | undefined;
}

/** Starts a server that records its requests and sends the given response. */
export async function startRecordingServer(answer: RequestListener = (_request, response) => response.end()) {
  const received: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers, socket } = request;
    const clientPort = socket.remotePort;
    received.push({ method, url, headers, body: await text(request), clientPort });
    answer(request, response);
  });
  const { url, port, close } = await listenOnLoopback(server, 0);
  return { url, port, close, received };
}
