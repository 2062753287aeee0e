import { effectOf, type Fault } from './fault-schema.ts';
import type { HttpExchange } from './http-exchange.ts';
import { PROXY_PREFIX } from './provider-proxy.ts';
import type { RequestKind } from './recorded-request.ts';

const KINDS_WITH_PROVIDER: readonly RequestKind[] = ['proxy'];
const KINDS_WITH_TOKEN: readonly RequestKind[] = ['proxy', 'rpc'];

/** A fault that was added, and how often it has been used. */
export interface AddedFault {
  /** The ID with which the fault can be removed. */
  readonly id: string;
  /** Which requests fail, and how they fail. */
  readonly fault: Fault;
  /** The number of requests that the fault has affected. */
  struck: number;
}

/** The faults of the emulator. */
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
   * Returns the faults that apply to a request, the oldest first. All faults that only delay the request
   * apply, until the first fault with another effect. That fault is the last. The IDs of the faults are noted
   * in the record of the request.
   */
  apply(exchange: HttpExchange): Fault[] {
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

/** The number of requests that a fault will still affect; null for no limit. */
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

/** Returns the kinds of requests to which a fault can apply; undefined for all kinds. */
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
