import { Agent, type AgentOptions } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

// Load balancers close what is idle for a minute, and a frozen environment does not hear of it.
const IDLE_MAX_MS = 50_000;
const OPTIONS: AgentOptions = { keepAlive: true, scheduling: 'lifo' };

interface LastUse {
  number: number;
  endedAtMs: number;
}

/** The kept-alive connections of an execution environment. One that died while it was frozen looks like any other. */
export class ConnectionPool {
  readonly httpAgent = this.#observed(new Agent(OPTIONS));
  readonly httpsAgent = this.#observed(new TlsAgent(OPTIONS));
  readonly #lastUses = new WeakMap<Duplex, LastUse>();
  #uses = 0;

  /** The present moment, for `closeUnusedSince`. */
  mark(): number {
    return this.#uses;
  }

  /** Closes what waits for a next use and had none since the mark, so that the next request goes out on a proven connection. */
  closeUnusedSince(mark: number): void {
    this.#close(({ number }) => number <= mark);
  }

  /** Closes what waited for so long that the other side may have closed it. */
  closeIdle(): void {
    const endedBeforeMs = Date.now() - IDLE_MAX_MS;
    this.#close(({ endedAtMs }) => endedAtMs < endedBeforeMs);
  }

  #close(isStale: (lastUse: LastUse) => boolean): void {
    for (const agent of [this.httpAgent, this.httpsAgent]) {
      for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])) {
        const lastUse = this.#lastUses.get(socket);
        if (lastUse && !isStale(lastUse)) continue;
        // Takes it out of the agent now; its closing alone would do so too late for the next request.
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
