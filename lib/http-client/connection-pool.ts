import { Agent, type AgentOptions } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

// Load balancers close connections that are idle for a minute, and a frozen environment does not notice.
const IDLE_MAX_MS = 50_000;
const OPTIONS: AgentOptions = { keepAlive: true, scheduling: 'lifo' };

interface LastUse {
  number: number;
  endedAtMs: number;
}

/**
 * The kept-alive connections of an execution environment. A connection that died while the environment was frozen looks
 * healthy.
 */
export class ConnectionPool {
  readonly httpAgent = this.#observed(new Agent(OPTIONS));
  readonly httpsAgent = this.#observed(new TlsAgent(OPTIONS));
  readonly #lastUses = new WeakMap<Duplex, LastUse>();
  #uses = 0;

  /** Returns a mark of the current moment, for `closeUnusedSince`. */
  mark(): number {
    return this.#uses;
  }

  /** Closes free connections that were not used since the mark, so that the next request uses a proven connection. */
  closeUnusedSince(mark: number): void {
    this.#close(({ number }) => number <= mark);
  }

  /** Closes connections that were free for so long that the other side may have closed them. */
  closeIdle(): void {
    const endedBeforeMs = Date.now() - IDLE_MAX_MS;
    this.#close(({ endedAtMs }) => endedAtMs < endedBeforeMs);
  }

  #close(isStale: (lastUse: LastUse) => boolean): void {
    for (const agent of [this.httpAgent, this.httpsAgent]) {
      for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])) {
        const lastUse = this.#lastUses.get(socket);
        if (lastUse && !isStale(lastUse)) continue;
        // Removes the socket from the agent at once; after only a destroy, the next request could still get it.
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
