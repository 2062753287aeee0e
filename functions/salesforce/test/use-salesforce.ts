import type { Tool } from '../../../lib/contract/define-tool.ts';
import type { ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { API } from '../local/route.ts';

const isDescribe = (path: string) => path.endsWith('/describe');

/** Starts the local stack with its emulated Salesforce, and a test bed. */
export function useSalesforce() {
  const local = useStackAndBed();
  return {
    bed: () => local.bed,

    call: (tool: Tool, input: Record<string, unknown> = {}, user = 'user_ada') =>
      local.stack.call(user, tool.name, input),

    /** Reads from Salesforce directly, as Ada. */
    read: (path: string) => local.stack.provider('salesforce', 'user_ada', path),

    /** Returns the requests that Salesforce received: method, decoded path, and the body if the request has one. */
    forwarded: () =>
      local
        .forwarded()
        .map(({ method, path, body }) => {
          const readable = decodeURIComponent(path.slice(API.length).replaceAll('+', ' '));
          return `${method} ${readable}${body && ` ${body}`}`;
        })
        .sort((one, other) => Number(isDescribe(one)) - Number(isDescribe(other))),

    headers: () => local.forwarded().map(({ headers }) => headers),

    /**
     * Calls a tool. The provider returns these responses one after the other, and then repeats the last response. It
     * returns no descriptions of objects.
     */
    async answering(tool: Tool, input: Record<string, unknown>, ...answers: ScriptedAnswer[]) {
      const left = [...answers];
      const { bed } = local;
      const isDescription = (url = '') => isDescribe(url) && tool.name !== 'salesforce_describe_fields';
      bed.provider.script = ({ url }) => {
        if (isDescription(url)) return { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'x' }] };
        return (left.length > 1 ? left.shift() : left[0]) ?? {};
      };
      const { json, error } = await bed.environment(tool)({ input });
      return {
        json,
        error,
        requests: bed.provider.requests
          .filter(({ url }) => !isDescription(url))
          .map(({ method, url, body }) => ({ method, url, body })),
      };
    },

    /** Calls a tool. The provider's response depends on the decoded path and the query parameter `q`. */
    async answeringBy(
      tool: Tool,
      input: Record<string, unknown>,
      script: (path: string, soql: string) => ScriptedAnswer | undefined,
    ) {
      const { bed } = local;
      const asked: string[] = [];
      bed.provider.script = ({ method, url = '' }) => {
        const { pathname, searchParams } = new URL(url, 'http://salesforce.example');
        const soql = searchParams.get('q') ?? '';
        asked.push(`${method} ${pathname}${soql && ` ${soql}`}`);
        return script(pathname, soql) ?? { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'x' }] };
      };
      const { json, error } = await bed.environment(tool)({ input });
      return { json, error, asked };
    },
  };
}
