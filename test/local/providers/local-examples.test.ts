import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { consoleCatalogue } from '../../../local/console/server/console-catalogue.ts';
import { startStackForTest } from '../../support/start-stack-for-test.ts';

let stack: Awaited<ReturnType<typeof startStackForTest>>;
beforeAll(async () => {
  stack = await startStackForTest();
});
afterAll(() => stack.close());
beforeEach(() => Promise.all(stack.providers.map((provider) => provider.reset())));

const exampleOf = (name: string) =>
  consoleCatalogue(stack).tools.find((tool) => tool.name === name)?.exampleInputs[0];

test('each example of a provider belongs to an existing tool, and the tool call succeeds', async () => {
  const examples = stack.providers.flatMap(({ examples: own = {} }) => Object.entries(own));

  const errors: unknown[] = [];
  for (const [name, input] of examples) {
    expect(exampleOf(name), name).toEqual(input);
    const { error } = await stack.call('user_ada', name, input);
    if (error) errors.push({ name, error });
  }
  expect(errors).toEqual([]);
});

test('a provider without examples uses the examples of the contract', () => {
  const given = new Set(stack.providers.flatMap(({ examples: own = {} }) => Object.keys(own)));

  for (const { tool } of stack.tools.filter((discovered) => !given.has(discovered.tool.name)))
    expect(exampleOf(tool.name)).toEqual(tool.examples[0]?.input);
});
