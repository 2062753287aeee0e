import { expect, test } from 'vitest';
import { retryAfterSeconds } from '../../lib/http-client/retry-after.ts';
import {
  FAULT_ISSUES,
  type ProviderAnswer,
  type ProviderErrors,
  refusalOf,
} from '../../lib/provider/provider-errors.ts';

/** Returns a response in the format that the error tables read. */
export function answer(status: number, body?: unknown, headers: Record<string, string> = {}): ProviderAnswer {
  return { status, headers, body };
}

/** Returns the result of an error table for a response, as one line. */
export function verdictOf(given: ProviderAnswer, errors: ProviderErrors) {
  const refusal = refusalOf(given, errors);
  if (!refusal) return undefined;
  const { code, recognised } = refusal;
  return recognised ? `${code}, recognised` : code;
}

const LONG = 'x'.repeat(5_000_000);
const deep = (depth: number): unknown => JSON.parse(`${'[{"error":'.repeat(depth)}1${'}]'.repeat(depth)}`);
const own = (text: string): unknown => JSON.parse(text);

/** No provider documents these bodies. Their fields have the names that error tables read. */
const HOSTILE_BODIES: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['a number', 42],
  ['a text', 'Error'],
  ['a text of 5 MB', LONG],
  ['true', true],
  ['an empty list', []],
  ['a list of lists', [[[]]]],
  ['a list that contains null', [null]],
  ['a list of texts', ['constructor', '__proto__']],
  ['an empty object', {}],
  ['an object with very deep nesting', deep(10_000)],
  ['a long list', Array.from({ length: 100_000 }, () => ({ errorCode: 1, fields: {} }))],
  ['an object whose values are null', { error: null, errors: null, message: null, details: null }],
  [
    'an object whose values are numbers',
    { error: 1, errors: 2, message: 3, category: 4, policyName: 5, ok: 6 },
  ],
  [
    'an object whose values are objects',
    { error: {}, errors: {}, message: {}, category: {}, response_metadata: [] },
  ],
  [
    'an object with lists in lists',
    { error: { errors: [[1], null], details: [[{}], { fieldViolations: [null, 7] }] } },
  ],
  ['an object with texts in place of lists', { error: { errors: 'abc', details: 'abc' }, errors: 'abc' }],
  [
    'an object with messages of wrong types',
    { ok: false, error: 'nope', response_metadata: { messages: [1, {}, null] } },
  ],
  [
    'an object with an own key __proto__',
    own('{"__proto__":{"ok":false,"error":"ratelimited","category":"CONFLICT"}}'),
  ],
  ['a list of objects with a key __proto__', own('[{"__proto__":{"errorCode":"NOT_FOUND"}}]')],
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty'].flatMap((name) => [
    [
      `an error with the name ${name}`,
      { ok: false, error: name, category: name, policyName: name, message: name },
    ] as const,
    [`an error with the reason ${name}`, { error: { status: name, errors: [{ reason: name }] } }] as const,
    [`an error with the code ${name}`, [{ errorCode: name, message: name }]] as const,
    [`an action with the code ${name}`, [{ isSuccess: false, errors: [{ statusCode: name }] }]] as const,
  ]),
  [
    'an object with messages of 5 MB',
    { message: LONG, category: LONG, error: { message: LONG, errors: [{ reason: LONG }] } },
  ],
  ['a list with a code of 5 MB', [{ errorCode: LONG, message: LONG }]],
];
const STATUSES = [200, 300, 400, 403, 404, 422, 429];

const HOSTILE_ANSWERS = HOSTILE_BODIES.flatMap(([name, body]) =>
  STATUSES.map((status) => ({ name, given: answer(status, body) })),
);

/** Returns the number of seconds after which a response allows a retry. */
export function waitOf(given: ProviderAnswer, errors: ProviderErrors): number | undefined {
  return retryAfterSeconds(given.headers, errors.retryAfterSeconds?.(given));
}

/**
 * Tests that an error table handles responses that no provider sends: it must not throw, and it must return valid
 * results.
 * @param knownByForm the reasons that the table recognises by the structure of a body, for any error name in the body
 */
export function testHostileAnswers(errors: ProviderErrors, knownByForm: readonly string[] = []): void {
  test.each(HOSTILE_ANSWERS)(
    'the error table returns a valid result for status $given.status with the body: $name',
    ({ given }) => {
      const reason = errors.reason(given);
      expectValid(given, errors);
      // The table may recognise a response only by an error name that the provider documents.
      expect(refusalOf(given, errors)?.recognised ?? false).toBe(knownByForm.includes(reason ?? ''));
    },
  );
}

function expectValid(given: ProviderAnswer, errors: ProviderErrors): void {
  const reason = errors.reason(given);
  const seconds = waitOf(given, errors);
  const faults = errors.faults?.(given) ?? [];

  expect(['string', 'undefined']).toContain(typeof reason);
  expect(Number.isInteger(seconds ?? 1)).toBe(true);
  expect(seconds ?? 1).toBeGreaterThanOrEqual(1);
  expect(seconds ?? 1).toBeLessThanOrEqual(86_400);
  expect(faults.length).toBeLessThanOrEqual(21);
  for (const { field, fault } of faults) {
    expect(['string', 'undefined']).toContain(typeof field);
    expect(FAULT_ISSUES).toHaveProperty(fault);
  }
}
