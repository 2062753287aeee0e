import { afterEach, beforeEach, expect, test } from 'vitest';
import { sharedRuntime } from '../../../lib/runtime/runtime.ts';
import { anyHandler } from '../../../local/testing/any-handler.ts';
import { readThing } from '../../support/acme.ts';
import { httpEvent, lambdaContext, readHttpAnswer } from '../../support/http-event.ts';
import { startScriptedScalekit } from '../../support/scripted-scalekit.ts';

let scalekit: Awaited<ReturnType<typeof startScriptedScalekit>>;
beforeEach(async () => {
  scalekit = await startScriptedScalekit();
});
afterEach(() => scalekit.close());

/**
 * Starts an environment with a programming error: each request of our Scalekit client to this path fails in our own
 * code.
 */
function environmentWithFaultAt(path: string) {
  const variables = {
    SCALEKIT_ENV_URL: scalekit.url,
    SCALEKIT_CLIENT_ID: 'client',
    SCALEKIT_CLIENT_SECRET: 'secret',
    USER_VERIFY_URL: 'none',
  };
  const options = { variables, log: () => {}, metrics: () => {} };
  const { sdk } = sharedRuntime(options).scalekit;
  sdk.core.axios.interceptors.request.use((config: { url: string }) => {
    if (config.url.includes(path)) throw new TypeError('Cannot read properties of undefined');
    return config;
  });
  const handler = anyHandler(readThing, options);
  return async () => {
    const { error } = readHttpAnswer(await handler(httpEvent({ body: { thing: 't1' } }), lambdaContext()));
    return error?.code;
  };
}

test.each(['oauth/token', 'connected_accounts/details', 'proxy/things'])(
  'a programming error in the request to %s becomes internal_error',
  async (path) => {
    const call = environmentWithFaultAt(path);

    expect(await call()).toBe('internal_error');
  },
);
