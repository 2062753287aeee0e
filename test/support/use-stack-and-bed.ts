import { beforeAll, beforeEach } from 'vitest';
import { startStackForTest } from './start-stack-for-test.ts';
import { startTestBed, type TestBed } from './test-bed.ts';

type Stack = Awaited<ReturnType<typeof startStackForTest>>;

/**
 * Starts the local stack with its emulated providers, for all tests of a file. Also starts a test bed, in which the
 * test sets the responses of the provider. Both are reset before each test.
 */
export function useStackAndBed() {
  let stack: Stack;
  let bed: TestBed;
  beforeAll(async () => {
    [stack, bed] = await Promise.all([startStackForTest(), startTestBed()]);
    return () => Promise.all([stack.close(), bed.close()]);
  });
  beforeEach(async () => {
    await Promise.all(stack.providers.map((provider) => provider.reset()));
    stack.scalekit.reset();
    bed.reset();
  });

  return {
    get stack() {
      return stack;
    },
    get bed() {
      return bed;
    },
    /** Returns the requests that Scalekit's proxy has sent to the emulated providers in this test. */
    forwarded: () => stack.scalekit.requests.flatMap(({ forwarded }) => forwarded ?? []),
  };
}
