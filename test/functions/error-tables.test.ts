import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../lib/errors/error-codes.ts';
import { refusalOf } from '../../lib/provider/provider-errors.ts';
import { proxyNotEnabled } from '../../lib/scalekit/outcome.ts';
import { projectConnectors } from '../support/project-connectors.ts';
import { answer } from '../support/provider-answers.ts';

const tables = [...(await projectConnectors())].map(([name, { errors }]) => [name, errors] as const);

test('at least one error table contains a message that the next tests can check', () => {
  const messages = tables.flatMap(([, { rules }]) =>
    Object.values(rules).flatMap(({ message }) => message ?? []),
  );

  expect(messages).not.toEqual([]);
});

describe.each(tables)('the error table of %s', (_, errors) => {
  test('contains messages of one or two sentences that differ from the default messages', () => {
    const messages = Object.values(errors.rules).flatMap(({ message }) => message ?? []);
    const defaults: string[] = Object.values(ERROR_CODES).map(({ message }) => message);

    for (const message of messages) {
      expect(message, 'begins with a capital letter, and ends with a full stop').toMatch(/^[A-Z][^\n]+\.$/);
      expect(message.length).toBeLessThanOrEqual(200);
      expect(message.split(/\. (?=[A-Z])/).length).toBeLessThanOrEqual(2);
      expect(defaults).not.toContain(message);
    }
  });

  test.each([200, 201, 202, 204])('finds no error in a response with status %i', (status) => {
    const bodies = [undefined, {}, [], { ok: true, category: 'CONFLICT', error: 'x', message: 'Not Found' }];

    expect(bodies.map((body) => refusalOf(answer(status, body), errors))).toEqual(
      bodies.map(() => undefined),
    );
  });

  test.each([400, 403, 404, 405, 422])(
    "does not apply if Scalekit's proxy returns “proxy not enabled” with status %i",
    (status) => {
      const given = answer(status, { message: 'proxy not enabled for provider' });

      expect(proxyNotEnabled(given, errors)).toMatchObject({ code: 'not_configured' });
    },
  );
});
