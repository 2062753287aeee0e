import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EffectName, effectOf, type Fault } from './fault-schema.ts';
import type { HttpExchange } from './http-exchange.ts';
import { withholdAnswer } from './withhold-answer.ts';

type Serve = (exchange: HttpExchange) => Promise<void>;
type Setting<Name extends EffectName> = NonNullable<Fault[Name]>;
type Effect<Name extends EffectName> = (
  exchange: HttpExchange,
  setting: Setting<Name>,
  serve: Serve,
) => Promise<void>;

const EFFECTS: { readonly [Name in EffectName]: Effect<Name> } = {
  answer: async ({ request, response }, { status, headers = {}, body }) => {
    await buffer(request);
    const isText = body === undefined || typeof body === 'string';
    if (!isText) response.setHeader('content-type', 'application/json');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.statusCode = status;
    response.end(isText ? body : JSON.stringify(body));
  },
  drop: async (exchange, moment, serve) => {
    try {
      await BEFORE_DROP[moment](exchange, serve);
    } finally {
      exchange.response.destroy();
    }
  },
  hang: async ({ request }) => {
    await buffer(request);
  },
  token: async (exchange, _expired, serve) => {
    exchange.request.headers.authorization = 'Bearer expired';
    await serve(exchange);
  },
  accountToken: (exchange, _expired, serve) => serve({ ...exchange, accountToken: 'expired' }),
};

type Step = (exchange: HttpExchange, serve: Serve) => Promise<unknown>;

const BEFORE_DROP: Readonly<Record<Setting<'drop'>, Step>> = {
  'before-read': async () => {},
  'after-read': ({ request }) => buffer(request),
  'after-provider': withholdAnswer,
  'during-answer': async (exchange, serve) => {
    const { response } = exchange;
    const { status, rawHeaders, body } = await withholdAnswer(exchange, serve);
    response.sendDate = false;
    response.writeHead(status, rawHeaders);
    response.flushHeaders();
    await new Promise((sent) => response.write(body.subarray(0, Math.floor(body.length / 2)), sent));
  },
};

/**
 * Serves a request and applies its faults. Several faults can delay the request, but at most one can have
 * another effect.
 */
export async function serveWithFaults(
  faults: readonly Fault[],
  exchange: HttpExchange,
  serve: Serve,
): Promise<void> {
  const latencyMs = faults.reduce((sum, fault) => sum + (fault.latencyMs ?? 0), 0);
  if (latencyMs > 0) await delay(latencyMs, exchange);
  const last = faults.at(-1);
  const effect = last && effectOf(last);
  await (effect ? carryOut(effect, last, exchange, serve) : serve(exchange));
}

async function carryOut<Name extends EffectName>(
  name: Name,
  fault: Fault,
  exchange: HttpExchange,
  serve: Serve,
): Promise<void> {
  const setting = fault[name];
  if (setting) await EFFECTS[name](exchange, setting, serve);
}

/** Waits. Rejects if the caller disconnects, so that the request is not served. */
async function delay(milliseconds: number, { response }: HttpExchange): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await sleep(milliseconds, undefined, { signal: gone.signal });
}
