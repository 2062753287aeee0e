import { Agent, type AgentOptions } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

// Load balancers close connections that are idle for a minute. A frozen environment does not notice this.
const IDLE_MAX_MS = 50_000;
const OPTIONS: AgentOptions = { keepAlive: true, scheduling: 'lifo' };

interface LastUse {
  number: number;
  endedAtMs: number;
}

/**
 * Connections that stay open between requests. A server may close a connection while the Lambda environment is frozen.
 * Such a connection still looks open to us.
 */
export class ConnectionPool {
  readonly httpAgent = this.#observed(new Agent(OPTIONS));
  readonly httpsAgent = this.#observed(new TlsAgent(OPTIONS));
  readonly #lastUses = new WeakMap<Duplex, LastUse>();
  #uses = 0;

  /** Returns a marker for the current moment, for use with `closeUnusedSince`. */
  mark(): number {
    return this.#uses;
  }

  /**
   * Closes free connections that were not used since the marker, because they may be dead. The next request then uses
   * a new connection, or a connection that has worked since the marker.
   */
  closeUnusedSince(mark: number): void {
    this.#close(({ number }) => number <= mark);
  }

  /** Closes connections that were idle for so long that the server may have closed them. */
  closeIdle(): void {
    const endedBeforeMs = Date.now() - IDLE_MAX_MS;
    this.#close(({ endedAtMs }) => endedAtMs < endedBeforeMs);
  }

  #close(isStale: (lastUse: LastUse) => boolean): void {
    for (const agent of [this.httpAgent, this.httpsAgent]) {
      for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])) {
        const lastUse = this.#lastUses.get(socket);
        if (lastUse && !isStale(lastUse)) continue;
        // This event removes the socket from the agent immediately. After `destroy` without it, the next request
        // could still get the socket.
        socket.emit('agentRemove');
        socket.destroy();
      }
    }
  }

  /** https://nodejs.org/api/http.html#agentkeepsocketalivesocket */
  #observed<Pooled extends Agent>(agent: Pooled): Pooled {
    const keep = agent.keepSocketAlive.bind(agent);
    agent.keepSocketAlive = (socket) => {
      this.#uses += 1;
      this.#lastUses.set(socket, { number: this.#uses, endedAtMs: Date.now() });
      return keep(socket);
    };
    return agent;
  }
}
