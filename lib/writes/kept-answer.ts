import * as z from 'zod';
import { ToolError } from '../errors/tool-error.ts';

// DynamoDB takes 400 KB an item, keys and names included.
const BYTES_MAX = 390_000;

/** How a write ended, as its record keeps it. */
const KeptAnswer = z.union([
  z.object({ output: z.unknown() }),
  z.object({ outcomeUnknown: z.object({ message: z.string() }) }),
]);

const TOO_LARGE =
  'This was done before, and its answer was too large to be kept. Look at its result instead of repeating it.';

export function keptOutput(output: unknown): string {
  const kept = JSON.stringify({ output } satisfies z.input<typeof KeptAnswer>);
  return Buffer.byteLength(kept) <= BYTES_MAX ? kept : keptUnknown({ message: TOO_LARGE });
}

export function keptUnknown({ message }: { message: string }): string {
  return JSON.stringify({ outcomeUnknown: { message } } satisfies z.input<typeof KeptAnswer>);
}

/**
 * The output that was kept.
 * @throws ToolError `outcome_unknown` where that was kept
 */
export function readKeptAnswer(kept: string): unknown {
  const answer = KeptAnswer.parse(JSON.parse(kept));
  if ('outcomeUnknown' in answer) throw new ToolError('outcome_unknown', answer.outcomeUnknown);
  return answer.output;
}
