import { createServer as createHttp1Server, type RequestListener } from 'node:http';
import {
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';

const LOOPBACK = '127.0.0.1';
const HTTP2_PREFACE = Buffer.from('PRI * HTTP/2.0');

export interface SharedPortHandlers {
  http1: RequestListener;
  http2: (request: Http2ServerRequest, response: Http2ServerResponse) => void;
}

export interface SharedPort {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves HTTP/1.1 and HTTP/2 with prior knowledge on one loopback port. */
export function listenOnSharedPort(
  port: number,
  createHandlers: (url: string) => SharedPortHandlers,
): Promise<SharedPort> {
  const http1 = createHttp1Server();
  const http2 = createHttp2Server();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that goes away must not end the process.
    socket.on('error', () => socket.destroy());
    handOver(socket, (isHttp2) => (isHttp2 ? http2 : http1).emit('connection', socket));
  });

  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      const url = `http://${LOOPBACK}:${portOf(server)}`;
      const handlers = createHandlers(url);
      http1.on('request', handlers.http1);
      http2.on('request', handlers.http2);
      resolve({ url, close: () => closeAtOnce(server, sockets) });
    });
  });
}

/** Waits for the bytes that tell the protocols apart and puts them back for the server that parses them. */
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

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The server listens on no TCP port.');
  }
  return address.port;
}

function closeAtOnce(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    // Closing twice is not a failure.
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
