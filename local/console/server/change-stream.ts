import type { ServerResponse } from 'node:http';
import type { ToolReloader } from '../../reload/tool-reloader.ts';
import type { Stack } from '../../stack.ts';
import type { ChangeName } from '../console-api.ts';

const LOOK_EVERY_MS = 300;

/** Creates the stream of a local stack's changes. */
export function changeStream(stack: Stack, reloader: ToolReloader | undefined): ChangeStream {
  let reloads = 0;
  const stop = reloader?.onReload(() => {
    reloads += 1;
  });
  return new ChangeStream(
    {
      catalogue: () => String(reloads),
      calls: () => stack.calls.calls[0]?.id ?? '',
      accounts: () => JSON.stringify(stack.scalekit?.accounts.map(({ id, status }) => [id, status]) ?? []),
      faults: () => JSON.stringify(stack.scalekit?.faults.map(({ id, struck }) => [id, struck]) ?? []),
    },
    stop,
  );
}

/** For each list, a text that changes whenever the list changes. */
export type Fingerprints = Readonly<Record<ChangeName, () => string>>;

/**
 * Notifies open pages of changed lists, by server-sent events. While a page is open, this class polls the
 * lists, because accounts and faults change in many places.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class ChangeStream {
  readonly #fingerprints: Fingerprints;
  readonly #stop: () => void;
  readonly #open = new Set<ServerResponse>();
  #seen = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  /** @param stop called by `close` */
  constructor(fingerprints: Fingerprints, stop: () => void = () => {}) {
    this.#fingerprints = fingerprints;
    this.#stop = stop;
  }

  add(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    // Writing a line makes Node.js send the headers at once. Until they arrive, the page does not know that
    // it is connected.
    response.write(': connected\n\n');
    this.#open.add(response);
    response.once('close', () => this.#remove(response));
    if (this.#timer) return;
    this.#seen = this.#readFingerprints();
    this.#timer = setInterval(() => this.#notify(), LOOK_EVERY_MS);
  }

  close(): void {
    this.#stop();
    for (const response of this.#open) response.end();
    this.#open.clear();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #remove(response: ServerResponse): void {
    this.#open.delete(response);
    if (this.#open.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #notify(): void {
    const now = this.#readFingerprints();
    for (const [name, text] of now) {
      if (this.#seen.get(name) === text) continue;
      for (const response of this.#open) response.write(`event: ${name}\ndata:\n\n`);
    }
    this.#seen = now;
  }

  #readFingerprints(): Map<string, string> {
    return new Map(Object.entries(this.#fingerprints).map(([name, text]) => [name, text()]));
  }
}
