import type { Tool } from '../../../lib/contract/define-tool.ts';
import type { ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { API } from '../local/api.ts';

/** The local stack with its emulated Salesforce, and a test bed. */
export function useSalesforce() {
  const local = useStackAndBed();
  return {
    bed: () => local.bed,

    call: (tool: Tool, input: Record<string, unknown> = {}, user = 'user_ada') =>
      local.stack.call(user, tool.name, input),

    /** Past our tools, as Ada. */
    read: (path: string) => local.stack.provider('salesforce', 'user_ada', path),

    /** What reached Salesforce through the proxy: method and decoded path, and the body where there is one. */
    forwarded: () =>
      local.forwarded().map(({ method, path, body }) => {
        const readable = decodeURIComponent(path.slice(API.length).replaceAll('+', ' '));
        return `${method} ${readable}${body && ` ${body}`}`;
      }),

    headers: () => local.forwarded().map(({ headers }) => headers),

    /** Calls a tool whose provider gives these answers, one after the other, and then the last again. */
    async answering(tool: Tool, input: Record<string, unknown>, ...answers: ScriptedAnswer[]) {
      const left = [...answers];
      const { bed } = local;
      bed.provider.script = () => (left.length > 1 ? left.shift() : left[0]) ?? {};
      const { json, error } = await bed.environment(tool)({ input });
      return {
        json,
        error,
        requests: bed.provider.requests.map(({ method, url, body }) => ({ method, url, body })),
      };
    },
  };
}
