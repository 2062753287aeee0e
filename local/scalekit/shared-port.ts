import { createServer as createHttp1Server, type RequestListener } from 'node:http';
import {
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { Server, type Socket } from 'node:net';
import { type Listener, listenOnLoopback } from '../listen-on-loopback.ts';

const HTTP2_PREFACE = Buffer.from('PRI * HTTP/2.0');

export interface SharedPortHandlers {
  http1: RequestListener;
  http2: (request: Http2ServerRequest, response: Http2ServerResponse) => void;
}

/**
 * Serves HTTP/1.1 and HTTP/2 (with prior knowledge) on the same loopback port.
 * @param linkedPaths paths to which any website may link
 */
export async function listenOnSharedPort(
  port: number,
  createHandlers: (url: string) => SharedPortHandlers,
  linkedPaths?: RegExp,
): Promise<Listener> {
  const server = new SharedServer();
  const listener = await listenOnLoopback(server, port, linkedPaths && { linkedPaths });
  const handlers = createHandlers(listener.url);
  server.http1.on('request', handlers.http1);
  server.http2.on('request', handlers.http2);
  return listener;
}

/** Passes each connection to the server for its protocol. */
class SharedServer extends Server {
  readonly http1 = createHttp1Server();
  readonly http2 = createHttp2Server();
  readonly parsers = [this.http1, this.http2];
  readonly #sockets = new Set<Socket>();

  constructor() {
    super();
    this.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      // Without a listener, an error event of a client that disconnects would end the process.
      socket.on('error', () => socket.destroy());
      handOver(socket, (isHttp2) => (isHttp2 ? this.http2 : this.http1).emit('connection', socket));
    });
  }

  closeAllConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/**
 * Reads the first bytes of a connection, which show the protocol. Then puts them back, because the server
 * also needs them.
 */
function handOver(socket: Socket, choose: (isHttp2: boolean) => void): void {
  let received = Buffer.alloc(0);
  const onReadable = () => {
    const chunk: unknown = socket.read();
    if (!Buffer.isBuffer(chunk)) return;
    received = Buffer.concat([received, chunk]);
    const compared = Math.min(received.length, HTTP2_PREFACE.length);
    const isHttp2 = received.subarray(0, compared).equals(HTTP2_PREFACE.subarray(0, compared));
    if (isHttp2 && compared < HTTP2_PREFACE.length) return;
    socket.off('readable', onReadable);
    socket.unshift(received);
    choose(isHttp2);
  };
  socket.on('readable', onReadable);
}
