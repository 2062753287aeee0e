import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  defaultProviderErrors,
  type ProviderErrors,
  refusalOf,
} from '../../../lib/provider/provider-errors.ts';

const Named = z.object({ error: z.string() });
const errors: ProviderErrors = {
  reason: ({ body }) => Named.safeParse(body).data?.error,
  rules: {
    missing_scope: { code: 'scope_missing' },
    archived: { code: 'conflict', message: 'Choose another one.' },
    fatal: { code: 'provider_unavailable' },
  },
};

function answer(status: number, error?: string) {
  return { status, headers: {}, body: error === undefined ? undefined : { error } };
}

describe('refusalOf', () => {
  test.each([
    [400, 'rejected_by_provider'],
    [401, 'credentials_refused'],
    [402, 'rejected_by_provider'],
    [403, 'permission_denied'],
    [404, 'not_found'],
    [405, 'rejected_by_provider'],
    [409, 'conflict'],
    [410, 'not_found'],
    [412, 'conflict'],
    [413, 'rejected_by_provider'],
    [422, 'rejected_by_provider'],
    [423, 'conflict'],
    [429, 'rate_limited'],
    [499, 'rejected_by_provider'],
  ])('derives the error code from the status %d if the error has no name', (status, code) => {
    // Act
    const refusal = refusalOf(answer(status), defaultProviderErrors);

    // Assess
    expect(refusal).toStrictEqual({ code, recognised: false });
  });

  test.each([200, 201, 204, 299, 301, 302, 304, 500, 502, 503, 504])(
    'returns undefined for the status %d',
    (status) => {
      expect(refusalOf(answer(status), defaultProviderErrors)).toBeUndefined();
      expect(refusalOf(answer(status), errors)).toBeUndefined();
    },
  );

  test.each([200, 302, 400, 403, 500, 503])(
    'derives the error code from a name that the connector knows, at the status %d',
    (status) => {
      // Act
      const refusal = refusalOf(answer(status, 'archived'), errors);

      // Assess
      expect(refusal).toStrictEqual({ code: 'conflict', message: 'Choose another one.', recognised: true });
    },
  );

  test("returns the rule's message for a missing scope", () => {
    expect(refusalOf(answer(200, 'missing_scope'), errors)).toStrictEqual({
      code: 'scope_missing',
      recognised: true,
    });
  });

  test.each([
    [200, { code: 'rejected_by_provider', recognised: false }],
    [403, { code: 'permission_denied', recognised: false }],
    [404, { code: 'not_found', recognised: false }],
    [400, { code: 'rejected_by_provider', recognised: false }],
    [302, undefined],
    [503, undefined],
  ])('derives the error code from the status %d if the name of the error is unknown', (status, expected) => {
    expect(refusalOf(answer(status, 'brand_new'), errors)).toEqual(expected);
  });

  test.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])(
    'does not use the inherited property %s as a rule',
    (name) => {
      // Act
      const refusals = [
        refusalOf(answer(200, name), errors),
        refusalOf(answer(404, name), errors, { 400: { code: 'conflict' } }),
        refusalOf(answer(503, name), errors),
      ];

      // Assess
      expect(refusals).toEqual([
        { code: 'rejected_by_provider', recognised: false },
        { code: 'not_found', recognised: false },
        undefined,
      ]);
    },
  );

  test.each([
    ['by name', answer(400, 'archived'), { archived: { code: 'not_found' } }, 'not_found', true],
    ['by status', answer(400), { 400: { code: 'not_found' } }, 'not_found', false],
    [
      'by status, even if a rule of the connector matches',
      answer(400, 'archived'),
      { 400: { code: 'not_found' } },
      'not_found',
      true,
    ],
    [
      'by name, even if another override matches the status',
      answer(400, 'archived'),
      { archived: { code: 'invalid_input' }, 400: { code: 'not_found' } },
      'invalid_input',
      true,
    ],
    [
      'for a server error',
      answer(500),
      { 500: { code: 'rejected_by_provider' } },
      'rejected_by_provider',
      false,
    ],
    [
      'for a name that no rule knows',
      answer(500, 'brand_new'),
      { brand_new: { code: 'conflict' } },
      'conflict',
      true,
    ],
  ] as const)('gives an override precedence: %s', (_, given, overrides, code, recognised) => {
    // Act
    const refusal = refusalOf(given, errors, overrides);

    // Assess
    expect(refusal).toStrictEqual({ code, recognised });
  });

  test('ignores an override for another status', () => {
    expect(refusalOf(answer(409), errors, { 404: { code: 'invalid_input' } })).toMatchObject({
      code: 'conflict',
    });
  });
});

test('a success stays a success, even if the request has a rule for its status', () => {
  expect(refusalOf(answer(200), errors, { 200: { code: 'rate_limited' } })).toBeUndefined();
});
