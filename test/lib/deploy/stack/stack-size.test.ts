import { expect, test } from 'vitest';
import { stackSize } from '../../../../lib/deploy/stack/stack-size.ts';

const resources = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`R${index}`, {}]));

test('a stack of 500 resources is accepted', () => {
  expect(stackSize(resources(500))).toEqual({ summary: '500 of 500 resources', fault: undefined });
});

test('a stack of more than 500 resources is rejected, and the error states how to fix it', () => {
  expect(stackSize(resources(501)).fault).toMatch(
    /^The stack has 501 resources, and CloudFormation takes 500\. .*docs\/runbook\.md, "More tools than one stack holds"\.$/,
  );
});
