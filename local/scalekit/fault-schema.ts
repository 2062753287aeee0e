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
  /** An array repeats its header. */
  headers: HeadersSchema.optional(),
  /** Text is sent as it is, anything else as JSON. */
  body: z.json().optional(),
});

/**
 * Which requests fail, and how.
 *
 * A request is one that a fault is for when everything fits that the fault says of it. In `connection` and `path` a
 * `*` stands for any text.
 */
export const FaultSchema = z
  .strictObject({
    /** The connection of a proxied call; a fault that has it is for proxied calls alone. */
    connection: z.string().min(1).optional(),
    method: z
      .string()
      .regex(/^[A-Z]+$/, 'A method is in capitals, such as POST.')
      .optional(),
    /** Of a proxied call the path at the provider, as it follows `/proxy`; of any other the path at Scalekit. */
    path: z
      .string()
      .regex(/^[/*][^?#]*$/, 'A path begins with "/" or "*" and has no query.')
      .optional(),
    /** How many requests it strikes; without it, all until it is removed. */
    times: z.int().positive().optional(),
    /** Before anything else happens, be it another effect or the routine answer. */
    latencyMs: z.int().positive().max(LATENCY_MAX_MS).optional(),
    /** In place of the routine answer; no provider gets the request. */
    answer: AnswerSchema.optional(),
    /** When the connection is dropped. `after-provider` is for proxied calls alone. */
    drop: z.enum(['before-read', 'after-read', 'after-provider', 'during-answer']).optional(),
    /** The request is read and never answered. */
    hang: z.literal(true).optional(),
    /** Scalekit refuses the access token of the application; for requests that need one. */
    token: z.literal('expired').optional(),
    /** The provider gets a token of the user that it does not know; for proxied calls. */
    accountToken: z.literal('expired').optional(),
  })
  .check(({ value, issues }) => {
    const [effect, ...others] = effectsOf(value);
    for (const other of others) {
      const message = `A fault has one effect besides latencyMs, and this one has ${effect}.`;
      issues.push({ code: 'custom', path: [other], message, input: value });
    }
    if (effect === undefined && value.latencyMs === undefined) {
      const message = `A fault needs an effect: latencyMs, ${EFFECT_NAMES.join(', ')}.`;
      issues.push({ code: 'custom', path: [], message, input: value });
    }
  });

/** Which requests fail, and how, as a test writes it. */
export type FaultInput = z.input<typeof FaultSchema>;
/** What the emulator works with, after validation. */
export type Fault = z.output<typeof FaultSchema>;

/** What a fault does besides latency. */
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
    return error instanceof Error ? error.message : 'This is no header.';
  }
  return undefined;
}
