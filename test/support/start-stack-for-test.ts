import { startStack } from '../../local/start-stack.ts';
import { ErrorAnswer } from './http-event.ts';

/** Starts the local stack with its emulated providers. Calls go through its gateway. */
export async function startStackForTest() {
  const stack = await startStack({ log: () => {} });
  return {
    ...stack,
    scalekit: required(stack.scalekit),

    /** Calls a tool over HTTP as a user. */
    async call(user: string, tool: string, input: unknown = {}) {
      const response = await fetch(`${stack.gateway.url}/tools/${tool}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await stack.issuer.sign({ sub: user })}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(input),
      });
      const json: unknown = await response.json();
      return {
        status: response.status,
        headers: response.headers,
        json,
        error: ErrorAnswer.safeParse(json).data?.error,
      };
    },

    /** Sends a request directly to a provider, without Scalekit and without a tool. */
    async provider(connector: string, user: string, path: string): Promise<unknown> {
      const provider = required(stack.providers.find((candidate) => candidate.connector === connector));
      const grant = required(provider.grants.find(({ identifier }) => identifier === user));
      const response = await fetch(provider.url + path, {
        headers: { authorization: `Bearer ${grant.accessToken}` },
      });
      return response.json();
    },
  };
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The stack lacks a part that the test needs.');
  return value;
}
