import { beforeAll, beforeEach } from 'vitest';
import { startStackForTest } from './start-stack-for-test.ts';
import { startTestBed, type TestBed } from './test-bed.ts';

type Stack = Awaited<ReturnType<typeof startStackForTest>>;

/**
 * The local stack with its emulated providers, and a test bed whose provider answers what a test says, for all tests of a
 * file; both are as new before each of them.
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
    /** What reached the emulated providers through Scalekit's proxy since the test began. */
    forwarded: () => stack.scalekit.requests.flatMap(({ forwarded }) => forwarded ?? []),
  };
}
