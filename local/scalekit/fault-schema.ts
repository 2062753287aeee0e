import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod';

const LATENCY_MAX_MS = 10 * 60 * 1000;

const EFFECT_NAMES = ['answer', 'drop', 'hang', 'token', 'accountToken'] as const;
export type EffectName = (typeof EFFECT_NAMES)[number];

const HeadersSchema = z
  .record(z.string(), z.union([z.string(), z.array(z.string())]))
  .check(({ value, issues }) => {
    for (const [name, values] of Object.entries(value)) {
      const problem = problemWithHeader(name, [values].flat());
      if (problem) issues.push({ code: 'custom', path: [name], message: problem, input: values });
    }
  });

const AnswerSchema = z.strictObject({
  status: z.int().min(200).max(599),
  /** If a value is an array, the header is sent once for each item. */
  headers: HeadersSchema.optional(),
  /** Strings are sent unchanged, other values as JSON. */
  body: z.json().optional(),
});

/**
 * Describes which requests fail, and how they fail.
 *
 * A fault applies to a request that matches all of its conditions. In `connection` and `path`, `*` matches any text.
 */
export const FaultSchema = z
  .strictObject({
    /** The name of the connection. Matches only requests through the proxy. */
    connection: z.string().min(1).optional(),
    method: z
      .string()
      .regex(/^[A-Z]+$/, 'Write the method in capitals, for example POST.')
      .optional(),
    /**
     * For a request through the proxy, the path at the provider, without `/proxy`. For any other request, the
     * path at Scalekit.
     */
    path: z
      .string()
      .regex(/^[/*][^?#]*$/, 'A path must start with "/" or "*" and have no query.')
      .optional(),
    /**
     * The number of requests that the fault affects. By default, the fault affects all requests until it is removed.
     */
    times: z.int().positive().optional(),
    /** Delays the request, before any other effect. */
    latencyMs: z.int().positive().max(LATENCY_MAX_MS).optional(),
    /** This response is sent in place of the normal response. The provider does not get the request. */
    answer: AnswerSchema.optional(),
    /**
     * The moment at which the connection is dropped. `after-provider` applies only to requests through the
     * proxy.
     */
    drop: z.enum(['before-read', 'after-read', 'after-provider', 'during-answer']).optional(),
    /** The request is read, but no response is sent. */
    hang: z.literal(true).optional(),
    /** Scalekit rejects the application's access token. Applies only to requests that need a token. */
    token: z.literal('expired').optional(),
    /** The provider gets an unknown token in place of the user's token. Applies only to requests through the proxy. */
    accountToken: z.literal('expired').optional(),
  })
  .check(({ value, issues }) => {
    const [effect, ...others] = effectsOf(value);
    for (const other of others) {
      const message = `A fault can have only one effect besides latencyMs. This one already has ${effect}.`;
      issues.push({ code: 'custom', path: [other], message, input: value });
    }
    if (effect === undefined && value.latencyMs === undefined) {
      const message = `A fault needs an effect: latencyMs, ${EFFECT_NAMES.join(', ')}.`;
      issues.push({ code: 'custom', path: [], message, input: value });
    }
  });

/** A fault before validation, as in a test. */
export type FaultInput = z.input<typeof FaultSchema>;
/** A fault after validation. */
export type Fault = z.output<typeof FaultSchema>;

/** Returns the effect of a fault. A delay (`latencyMs`) does not count as an effect. */
export function effectOf(fault: Fault): EffectName | undefined {
  return effectsOf(fault)[0];
}

function effectsOf(fault: { [Name in EffectName]?: unknown }): EffectName[] {
  return EFFECT_NAMES.filter((name) => fault[name] !== undefined);
}

function problemWithHeader(name: string, values: readonly string[]): string | undefined {
  try {
    validateHeaderName(name);
    for (const value of values) validateHeaderValue(name, value);
  } catch (error) {
    return error instanceof Error ? error.message : 'This is not a valid header.';
  }
  return undefined;
}
