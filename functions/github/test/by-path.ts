import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { ProviderRequest, ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';

const Examples = z.record(z.string(), z.unknown());

/** The examples of GitHub's own description of its API, by the end of their path, with the first entry of their lists. */
export const examples = Examples.parse(
  JSON.parse(readFileSync(new URL('./official-examples.json', import.meta.url), 'utf8')),
);

type AnswerOf = (request: ProviderRequest) => ScriptedAnswer;

/** The answers to requests whose paths end like this; everything else is Not Found. */
export function byPath(answers: Record<string, ScriptedAnswer>): AnswerOf {
  return ({ url = '' }) => {
    const [path = ''] = url.split('?');
    const end = Object.keys(answers).find((candidate) => path.endsWith(candidate));
    return answers[end ?? ''] ?? { status: 404, body: { message: 'Not Found', status: '404' } };
  };
}

/** GitHub's own examples, and what a test wants to be different. */
export function officially(different: Record<string, ScriptedAnswer> = {}): AnswerOf {
  const official = Object.entries(examples).map(([path, body]) => [path, { body }]);
  return byPath({ ...Object.fromEntries(official), ...different });
}
