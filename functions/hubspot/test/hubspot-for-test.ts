import type { Tool } from '../../../lib/contract/define-tool.ts';
import { parseJson } from '../../../lib/text/json.ts';
import type { Script, ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';

type Input = Record<string, unknown>;

/** Makes calls of a tool. HubSpot is the emulated provider, or returns the responses that the test sets. */
export function hubspotForTest(tool: Tool) {
  const local = useStackAndBed();

  return {
    call: (input: Input, user = 'user_ada') => local.stack.call(user, tool.name, input),

    /** Calls another tool for the same account. */
    callOther: (name: string, input: Input) => local.stack.call('user_ada', name, input),

    /** Reads from the emulated HubSpot. */
    atProvider: (path: string) => local.stack.provider('hubspot', 'user_ada', path),

    /** Returns the requests that HubSpot received since the start of the test. */
    requests: () =>
      local
        .forwarded()
        .map(({ method, path, body }) => ({ method, path, ...(body && { json: parseJson(body) }) })),

    /** Calls the tool. HubSpot returns these responses one after the other, and then repeats the last response. */
    async answered(input: Input, ...answers: (ScriptedAnswer | Script)[]) {
      let index = 0;
      local.bed.provider.script = (request) => {
        const answer = answers[Math.min(index++, answers.length - 1)] ?? {};
        return typeof answer === 'function' ? answer(request) : answer;
      };
      return local.bed.environment(tool)({ input });
    },

    bodiesSent: () => local.bed.provider.requests.map(({ body }) => parseJson(body)),

    testBadInputs(cases: Readonly<Record<string, readonly [Input, ...string[]]>>): void {
      const invalid = Object.entries(cases).map(
        ([what, [input, ...paths]]) => [what, [input, paths]] as const,
      );
      testInvalidInputs(tool, {}, Object.fromEntries(invalid));
    },
  };
}
