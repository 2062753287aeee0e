import * as z from 'zod';
import { SchemaMismatch } from '../errors/schema-mismatch.ts';
import { ToolError } from '../errors/tool-error.ts';
import { parseOutput } from '../runtime/fit-output.ts';
import { parseJson } from '../text/parse-json.ts';

// DynamoDB takes 400 KB an item, keys and names included.
const BYTES_MAX = 390_000;

/** Why a record holds no output. */
const UnknownReason = z.enum(['notKnown', 'tooLarge']);
type UnknownReason = z.output<typeof UnknownReason>;

/** How a write ended, as its record keeps it. */
const KeptAnswer = z.union([z.object({ output: z.unknown() }), z.object({ outcomeUnknown: UnknownReason })]);

// A record holds only the reason, so that no text of the table reaches a model as ours. Without a message: the code's own.
const MESSAGES: Readonly<Record<UnknownReason, string | undefined>> = {
  notKnown: undefined,
  tooLarge:
    'This was done before, and its answer was too large to be kept. Look at its result instead of repeating it.',
};

/** The record of a write that ended with an output. */
export function keptOutput(output: unknown): string {
  const kept = JSON.stringify({ output });
  return Buffer.byteLength(kept) <= BYTES_MAX ? kept : keptUnknown('tooLarge');
}

/** The record of a write of which nobody knows how it ended, or whose output cannot be kept. */
export function keptUnknown(outcomeUnknown: UnknownReason = 'notKnown'): string {
  return JSON.stringify({ outcomeUnknown });
}

/**
 * The kept output, parsed and cleaned like a new one, because others can write to the table.
 * @param schema the output of the tool
 * @throws ToolError `outcome_unknown` if that was kept, or if nothing was kept that the tool could have answered
 */
export function readKeptAnswer(kept: string, schema: z.ZodType): unknown {
  const { data: answer, error } = KeptAnswer.safeParse(parseJson(kept));
  if (!answer) throw unusableRecord(new SchemaMismatch(KeptAnswer, error));
  if ('outcomeUnknown' in answer) {
    throw new ToolError('outcome_unknown', { message: MESSAGES[answer.outcomeUnknown] });
  }
  try {
    return parseOutput(schema, answer.output);
  } catch (thrown) {
    if (thrown instanceof SchemaMismatch) throw unusableRecord(thrown);
    throw thrown;
  }
}

/** The error of a record that we did not write, or that an older version of the tool wrote. */
export function unusableRecord(cause: SchemaMismatch): ToolError {
  return new ToolError('outcome_unknown', {
    message:
      'This may have been done before, but the record of it cannot be used. Look at its result instead of repeating it.',
    cause,
  });
}
