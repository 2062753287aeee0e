import fc from 'fast-check';
import { expect, test } from 'vitest';
import { derivedName } from '../../../lib/schemas/derived-names.ts';

const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const toolName = fc
  .tuple(fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/), fc.array(word, { minLength: 1, maxLength: 8 }))
  .map(([first, others]) => [first, ...others].join('_'))
  .filter((name) => name.length <= 40);

test('a derived name never changes, because deployed targets use it', () => {
  expect(derivedName('slack_send_message')).toBe('slack-sm-4qpad28');
  expect(derivedName('gmail_list_unread')).toBe('gmail-lu-xkhc0g3');
});

test('a derived name stays within the limits of agents and AWS', () => {
  fc.assert(
    fc.property(toolName, (name) => {
      const derived = derivedName(name);
      expect(derived).toMatch(/^([0-9a-zA-Z]-?){1,100}$/);
      expect(derived.length).toBeLessThanOrEqual(16);
      expect(`${derived}___${name}`.length).toBeLessThanOrEqual(64);
      expect(`POST__${derived}__${name}`.length).toBeLessThanOrEqual(64);
    }),
  );
});

test('derived names are different even if their abbreviations are equal', () => {
  const names = Array.from({ length: 5_000 }, (_, index) => `acme_get_${index.toString(36)}`);

  expect(new Set(names.map(derivedName)).size).toBe(names.length);
});
