import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { ProviderRequest, ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';

const Examples = z.record(z.string(), z.unknown());

/**
 * The examples in GitHub's API description. Each key is the end of a path. Lists are shortened to their first entry.
 */
export const examples = Examples.parse(
  JSON.parse(readFileSync(new URL('./official-examples.json', import.meta.url), 'utf8')),
);

type AnswerOf = (request: ProviderRequest) => ScriptedAnswer;

/**
 * Returns a function that answers a request with the response whose key is the end of the request's path. If no key
 * matches, the function answers Not Found.
 */
export function byPath(answers: Record<string, ScriptedAnswer>): AnswerOf {
  return ({ url = '' }) => {
    const [path = ''] = url.split('?');
    const end = Object.keys(answers).find((candidate) => path.endsWith(candidate));
    return answers[end ?? ''] ?? { status: 404, body: { message: 'Not Found', status: '404' } };
  };
}

/** Responds with GitHub's own examples. The given paths have other responses. */
export function officially(different: Record<string, ScriptedAnswer> = {}): AnswerOf {
  const official = Object.entries(examples).map(([path, body]) => [path, { body }]);
  return byPath({ ...Object.fromEntries(official), ...different });
}
