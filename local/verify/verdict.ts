import * as z from 'zod';

/** The result for one tool. It never holds a value of the user, only our own names, types and counts. */
export const Verdict = z.discriminatedUnion('verdict', [
  /** The output keeps to the contract, and so did the provider's answers. */
  z.strictObject({ verdict: z.literal('right'), seen: z.string() }),
  /** A schema was broken: by the provider's answer to `endpoint`, or by the output if that is null. */
  z.strictObject({
    verdict: z.literal('wrong shape'),
    endpoint: z.string().nullable(),
    faults: z.array(z.string()),
  }),
  /** The call needs something that is not there. */
  z.strictObject({
    verdict: z.literal('missing'),
    lacks: z.enum(['account', 'connection', 'scope', 'permission', 'data', 'input']),
    detail: z.string(),
  }),
  /** The call ended otherwise. */
  z.strictObject({
    verdict: z.literal('failed'),
    code: z.string(),
    status: z.int().nullable(),
    endpoint: z.string().nullable(),
  }),
]);
export type Verdict = z.output<typeof Verdict>;

const COLUMN_WIDTH = 13;

/** Returns a line for a person. */
export function describeVerdict(tool: string, verdict: Verdict): string {
  return `${verdict.verdict.padEnd(COLUMN_WIDTH)}${tool}: ${detailOf(verdict)}`;
}

function detailOf(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'right':
      return verdict.seen;
    case 'wrong shape':
      return `${verdict.endpoint ?? 'the output'}: ${verdict.faults.join('; ')}`;
    case 'missing':
      return `${verdict.lacks}. ${verdict.detail}`;
    case 'failed':
      return [
        verdict.code,
        ...(verdict.status === null ? [] : [`status ${verdict.status}`]),
        ...(verdict.endpoint === null ? [] : [verdict.endpoint]),
      ].join(', ');
  }
}
