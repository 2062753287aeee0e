import * as z from 'zod';
import type { CallTrace } from './call-trace.ts';

const Failure = z.looseObject({ error: z.record(z.string(), z.unknown()) });
const Details = z.array(z.unknown()).catch([]);
const HttpFailure = z.looseObject({ body: z.string() });

/**
 * Adds the explanation of an emulated provider to the details of a tool's error, for example that the
 * emulator does not have the route. Without the explanation, the author of a tool could look for a fault in
 * the tool.
 * @param answer the response of a tool's function, over HTTP or directly; any other response is returned
 * unchanged
 */
export function explainEmulatedError(answer: unknown, { steps }: CallTrace): unknown {
  const issue = steps.flatMap(({ requests }) => requests).find(({ emulator }) => emulator)?.emulator;
  if (issue === undefined) return answer;
  const http = HttpFailure.safeParse(answer).data;
  if (!http) return withDetail(answer, issue);
  return { ...http, body: JSON.stringify(withDetail(JSON.parse(http.body), issue)) };
}

function withDetail(body: unknown, issue: string): unknown {
  const { data } = Failure.safeParse(body);
  if (!data) return body;
  const details = [...Details.parse(data.error.details), { path: '', issue }];
  return { ...data, error: { ...data.error, details } };
}
