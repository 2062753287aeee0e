import * as z from 'zod';

/** The result for one tool. It contains only names, types and counts, and never a value of the user. */
export const Verdict = z.discriminatedUnion('verdict', [
  /** The output matches the contract, and the provider's responses match the tool's schemas. */
  z.strictObject({ verdict: z.literal('right'), seen: z.string() }),
  /**
   * The provider's response from `endpoint` does not match its schema. If `endpoint` is null, the output does not match
   * the contract.
   */
  z.strictObject({
    verdict: z.literal('wrong shape'),
    endpoint: z.string().nullable(),
    faults: z.array(z.string()),
  }),
  /** The call needs an account, a scope, data or an input that is missing. */
  z.strictObject({
    verdict: z.literal('missing'),
    lacks: z.enum(['account', 'connection', 'scope', 'permission', 'data', 'input']),
    detail: z.string(),
  }),
  /** The call failed for another reason. */
  z.strictObject({
    verdict: z.literal('failed'),
    code: z.string(),
    status: z.int().nullable(),
    endpoint: z.string().nullable(),
  }),
]);
export type Verdict = z.output<typeof Verdict>;

const COLUMN_WIDTH = 13;

/** Returns the verdict as a line of text. */
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
