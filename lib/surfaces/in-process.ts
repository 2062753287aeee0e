import * as z from 'zod';
import { parseIdempotencyKey, type Surface } from './surface.ts';

const InProcessCall = z.object({
  identifier: z.unknown().optional(),
  input: z.unknown().optional(),
  idempotencyKey: z.unknown().optional(),
});

/** A call from the same Node process, made by `createRunner`. It returns the output or throws an error. */
export const inProcessSurface: Surface = {
  name: 'in-process',
  receive(rawCall) {
    const { success, data: call } = InProcessCall.safeParse(rawCall);
    if (!success) return undefined;
    return {
      caller: () => ({ identifier: call.identifier }),
      input: () => call.input ?? {},
      idempotencyKey: () => parseIdempotencyKey(call.idempotencyKey, 'idempotencyKey'),
      answer: (output) => output,
      answerError(error) {
        throw error;
      },
    };
  },
};
