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
  /** An array repeats the header. */
  headers: HeadersSchema.optional(),
  /** Strings are sent unchanged, other values as JSON. */
  body: z.json().optional(),
});

/**
 * The requests that fail, and how they fail.
 *
 * A fault applies to a request that matches all of its conditions. In `connection` and `path`, `*` matches any text.
 */
export const FaultSchema = z
  .strictObject({
    /** The connection. Only requests through the proxy match. */
    connection: z.string().min(1).optional(),
    method: z
      .string()
      .regex(/^[A-Z]+$/, 'Write the method in capitals, for example POST.')
      .optional(),
    /**
     * For requests through the proxy, the path at the provider, without `/proxy`; for others, the path at Scalekit.
     */
    path: z
      .string()
      .regex(/^[/*][^?#]*$/, 'A path must start with "/" or "*" and have no query.')
      .optional(),
    /** The number of requests that it affects; by default all until it is removed. */
    times: z.int().positive().optional(),
    /** Delays the request, before any other effect. */
    latencyMs: z.int().positive().max(LATENCY_MAX_MS).optional(),
    /** Replaces the normal response. The provider does not get the request. */
    answer: AnswerSchema.optional(),
    /** When the connection is dropped. `after-provider` is only for requests through the proxy. */
    drop: z.enum(['before-read', 'after-read', 'after-provider', 'during-answer']).optional(),
    /** The request is read but never answered. */
    hang: z.literal(true).optional(),
    /** Scalekit rejects the application's access token. Only for requests that need one. */
    token: z.literal('expired').optional(),
    /** The provider gets an unknown token of the user. Only for requests through the proxy. */
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

/** A fault as a test writes it. */
export type FaultInput = z.input<typeof FaultSchema>;
/** A fault after validation. */
export type Fault = z.output<typeof FaultSchema>;

/** The effect of a fault besides latency. */
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
