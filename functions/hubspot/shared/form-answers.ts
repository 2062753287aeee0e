import * as z from 'zod';

const ANSWERS_MAX = 20;
const ANSWER = /^\s*([^:\s][^:]{0,199}?)\s*:\s*(.{0,2000}?)\s*$/s;

/** An input for the answers to a form, each a text such as `company: Acme`. */
export function answersInput(description: string) {
  return z
    .array(
      z.string().refine((text) => ANSWER.test(text), {
        error: 'must be the name of a question, a colon and the answer, such as company: Acme',
      }),
    )
    .refine(({ length }) => length <= ANSWERS_MAX, { error: `must have at most ${ANSWERS_MAX} answers` })
    .describe(description);
}

/** Splits an answer into the name of its question and its value. */
export function answerOf(text: string): { name: string; value: string } {
  const [, name = '', value = ''] = ANSWER.exec(text) ?? [];
  return { name, value };
}
