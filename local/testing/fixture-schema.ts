import * as z from 'zod';
import { parseJson } from '../../lib/text/json.ts';

const Pairs = z.array(z.tuple([z.string(), z.string()]));
const BodySchema = z
  .union([
    z.strictObject({ json: z.json() }),
    z.strictObject({ form: Pairs }),
    z.strictObject({ text: z.string() }),
  ])
  .nullable();

const ExchangeSchema = z.strictObject({
  request: z.strictObject({
    method: z.string(),
    /** The encoded path at the provider, without the query. */
    path: z.string().startsWith('/'),
    /** Decoded names and values. */
    query: Pairs,
    body: BodySchema,
  }),
  answer: z.strictObject({
    status: z.int().min(100).max(599),
    headers: z.record(z.string(), z.string()),
    body: BodySchema,
  }),
});

const CallSchema = z.strictObject({
  /**
   * The input. For a later page of a list, `cursor` is the name of a cursor in an earlier output, for example
   * `cursor-1`.
   */
  input: z.record(z.string(), z.json()),
  /** The output, or the error code. */
  result: z.union([z.strictObject({ output: z.json() }), z.strictObject({ error: z.string() })]),
});

/** The schema of a recorded use of a tool: its calls, and the provider's responses. */
export const FixtureSchema = z.strictObject({
  tool: z.string(),
  connector: z.string(),
  /** Set to `real` if the responses come from the real provider; absent if they come from an emulated provider. */
  accounts: z.literal('real').exactOptional(),
  calls: z.array(CallSchema).min(1),
  exchanges: z.array(ExchangeSchema).min(1),
});

/** A recorded use of a tool, as written by `npm run invoke -- <tool> --record <name>`. */
export type Fixture = z.output<typeof FixtureSchema>;
export type Exchange = Fixture['exchanges'][number];
export type Body = Exchange['request']['body'];
export type RecordedCall = Fixture['calls'][number];
export type Json = z.output<ReturnType<typeof z.json>>;

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Converts a body to the format of a fixture. A body that is valid JSON is stored as JSON, even if its
 * content type is not JSON.
 * @throws TypeError if the body is not UTF-8
 */
export function readFixtureBody(bytes: Uint8Array, contentType = ''): Body {
  if (bytes.length === 0) return null;
  const text = UTF_8.decode(bytes);
  const json = z.json().safeParse(parseJson(text));
  if (json.success) return { json: json.data };
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType))
    return { form: [...new URLSearchParams(text)] };
  return { text };
}
