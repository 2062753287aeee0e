import * as z from 'zod';
import { SchemaMismatch } from '../errors/schema-mismatch.ts';
import { ToolError } from '../errors/tool-error.ts';
import { parseOutput } from '../runtime/fit-output.ts';
import { parseJson } from '../text/json.ts';

// A DynamoDB item has at most 400 KB, including keys and attribute names.
const BYTES_MAX = 390_000;

/** The reason why a record contains no output. */
const UnknownReason = z.enum(['notKnown', 'tooLarge']);
type UnknownReason = z.output<typeof UnknownReason>;

/** The outcome of a write, as stored in its record. */
const KeptAnswer = z.union([z.object({ output: z.unknown() }), z.object({ outcomeUnknown: UnknownReason })]);

// The messages for each reason. A record contains only the reason, so that a text from the table can never reach a
// model as our own message. If the message is undefined, the error has its default message.
const MESSAGES: Readonly<Record<UnknownReason, string | undefined>> = {
  notKnown: undefined,
  tooLarge:
    'This was done before, but its answer was too large to keep. Check the result instead of repeating the call.',
};

/** Returns the record of a write that returned an output. */
export function keptOutput(output: unknown): string {
  const kept = JSON.stringify({ output });
  return Buffer.byteLength(kept) <= BYTES_MAX ? kept : keptUnknown('tooLarge');
}

/** Returns the record of a write whose outcome is unknown or whose output cannot be stored. */
export function keptUnknown(outcomeUnknown: UnknownReason = 'notKnown'): string {
  return JSON.stringify({ outcomeUnknown });
}

/**
 * Returns the stored output. It is parsed and cleaned like a new output, because others may also have access to the
 * table.
 * @param schema the output schema of the tool
 * @throws ToolError `outcome_unknown` if the record states an unknown outcome or does not contain a valid output
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

/** Returns the error for a record that this version of the tool cannot read. */
export function unusableRecord(cause: SchemaMismatch): ToolError {
  return new ToolError('outcome_unknown', {
    message:
      'This may have been done before, but its record cannot be used. Check the result instead of repeating the call.',
    cause,
  });
}
