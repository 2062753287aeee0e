import { expect, test } from 'vitest';
import { assertStackFits, stackSize } from '../../../../lib/deploy/stack/stack-size.ts';

const resources = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`R${index}`, {}]));

test('a stack of 500 resources fits', () => {
  const size = stackSize(resources(500));

  expect(size.told).toBe('500 of 500 resources');
  expect(() => assertStackFits(size)).not.toThrow();
});

test('one of more is refused, with what to do', () => {
  expect(() => assertStackFits(stackSize(resources(501)))).toThrow(
    /^The stack has 501 resources, and CloudFormation takes 500\. .*docs\/runbook\.md, "More tools than one stack holds"\.$/,
  );
});
