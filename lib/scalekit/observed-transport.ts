import {
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';

/** How far a request has come. */
export interface Progress {
  /** Whether a connection is there for it to go out on. */
  isConnected: boolean;
  /** The beginning of the answer, as soon as it is there. */
  response: IncomingMessage | undefined;
}

/** Sends requests as Node.js does, and sees how far each one comes. */
export class ObservedTransport {
  readonly progress: Progress = { isConnected: false, response: undefined };
  readonly #onConnection: () => void;

  /** @param onConnection called before the first byte goes out */
  constructor(onConnection: () => void = () => {}) {
    this.#onConnection = onConnection;
  }

  readonly request = (
    options: RequestOptions,
    onResponse: (response: IncomingMessage) => void,
  ): ClientRequest => {
    const isTls = options.protocol === 'https:';
    const request = (isTls ? requestHttps : requestHttp)(options, onResponse);
    request.once('socket', (socket) => this.#watch(request, socket, isTls));
    request.once('response', (response) => {
      this.progress.response = response;
    });
    return request;
  };

  #watch(request: ClientRequest, socket: Socket, isTls: boolean): void {
    const connected = () => {
      this.progress.isConnected = true;
      this.#onConnection();
    };
    if (request.reusedSocket || !socket.connecting) connected();
    else socket.once(isTls ? 'secureConnect' : 'connect', connected);
  }
}
