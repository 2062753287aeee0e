import { effectOf, type Fault } from './fault-schema.ts';
import type { HttpExchange } from './http-exchange.ts';
import { PROXY_PREFIX } from './provider-proxy.ts';
import type { RequestKind } from './recorded-request.ts';

const KINDS_WITH_PROVIDER: readonly RequestKind[] = ['proxy'];
const KINDS_WITH_TOKEN: readonly RequestKind[] = ['proxy', 'rpc'];

/** A fault, and what it did so far. */
export interface AddedFault {
  /** By what it is removed. */
  readonly id: string;
  /** Which requests fail, and how. */
  readonly fault: Fault;
  /** How many requests it has struck. */
  struck: number;
}

/** What the emulator does wrong on purpose. */
export class Faults {
  readonly #added = new Map<string, AddedFault>();
  #lastNumber = 0;

  get all(): AddedFault[] {
    return [...this.#added.values()];
  }

  add(fault: Fault): AddedFault {
    this.#lastNumber += 1;
    const added = { id: `fault_${this.#lastNumber}`, fault, struck: 0 };
    this.#added.set(added.id, added);
    return added;
  }

  remove(id: string): boolean {
    return this.#added.delete(id);
  }

  clear(): void {
    this.#added.clear();
  }

  /**
   * Takes a strike from each fault that meets this request, notes them in its record, and gives them in the order in
   * which they were added: any number that only delay, whose latencies add up, and after them at most one with another
   * effect. Faults that were added after that one do not strike, not even with latency.
   */
  strike(exchange: HttpExchange): Fault[] {
    const struck: AddedFault[] = [];
    for (const added of this.#added.values()) {
      if (remainingOf(added) === 0 || !isFor(added.fault, exchange)) continue;
      added.struck += 1;
      struck.push(added);
      if (effectOf(added.fault) !== undefined) break;
    }
    if (struck.length > 0) exchange.record.faults = struck.map(({ id }) => id);
    return struck.map(({ fault }) => fault);
  }
}

/** How many requests a fault will still strike; null where it has no end. */
export function remainingOf({ fault, struck }: AddedFault): number | null {
  return fault.times === undefined ? null : fault.times - struck;
}

function isFor(fault: Fault, { request, pathname, record }: HttpExchange): boolean {
  const isProxied = record.kind === 'proxy';
  const connection = isProxied ? String(request.headers.connection_name ?? '') : undefined;
  const path = isProxied ? pathname.slice(PROXY_PREFIX.length) || '/' : pathname;
  return (
    (kindsOf(fault)?.includes(record.kind) ?? true) &&
    fits(fault.connection, connection) &&
    fits(fault.path, path) &&
    (fault.method === undefined || fault.method === request.method)
  );
}

/** The requests on which the effect shows; undefined for all. */
function kindsOf({ drop, token, accountToken }: Fault): readonly RequestKind[] | undefined {
  if (drop === 'after-provider' || accountToken) return KINDS_WITH_PROVIDER;
  return token && KINDS_WITH_TOKEN;
}

function fits(pattern: string | undefined, text: string | undefined): boolean {
  if (pattern === undefined) return true;
  if (text === undefined) return false;
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
