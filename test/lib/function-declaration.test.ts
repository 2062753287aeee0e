import { expect, test } from 'vitest';
import { toolFunctionName } from '../../lib/function-declaration.ts';

const LONGEST_TOOL = 'x'.repeat(40);

test("the name of a function consists of the prefix and the tool's name", () => {
  expect(toolFunctionName('tools-prod-', 'gmail_list_unread')).toBe('tools-prod-gmail_list_unread');
});

test('a function name of 64 characters stays unchanged', () => {
  const prefix = 'p'.repeat(24);
  expect(toolFunctionName(prefix, LONGEST_TOOL)).toBe(prefix + LONGEST_TOOL);
});

test.each([25, 64, 200])(
  'with a prefix of %i characters, a function name is cut and still unique',
  (length) => {
    const prefix = 'p'.repeat(length);
    const name = toolFunctionName(prefix, LONGEST_TOOL);

    expect(name).toMatch(/^[a-zA-Z0-9-_]{64}$/);
    expect(toolFunctionName(prefix, LONGEST_TOOL)).toBe(name);
    expect(toolFunctionName(prefix, `${LONGEST_TOOL.slice(1)}y`)).not.toBe(name);
    expect(toolFunctionName(`${prefix}p`, LONGEST_TOOL)).not.toBe(name);
  },
);
