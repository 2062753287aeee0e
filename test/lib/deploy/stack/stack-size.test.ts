import { expect, test } from 'vitest';
import { stackSize } from '../../../../lib/deploy/stack/stack-size.ts';

const resources = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`R${index}`, {}]));

test('a stack of 500 resources fits', () => {
  expect(stackSize(resources(500))).toEqual({ summary: '500 of 500 resources', fault: undefined });
});

test('a larger one is rejected, and the error says what to do', () => {
  expect(stackSize(resources(501)).fault).toMatch(
    /^The stack has 501 resources, and CloudFormation takes 500\. .*docs\/runbook\.md, "More tools than one stack holds"\.$/,
  );
});
