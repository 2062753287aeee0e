import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Tool } from '../../../lib/contract/define-tool.ts';
import { ERROR_CODES, type ErrorCode } from '../../../lib/errors/error-codes.ts';
import type { ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';
import { createThing, readNested, readThing, searchThings } from '../../support/acme.ts';
import { globexErrors, listNotes, sendNote } from '../../support/globex.ts';
import { ErrorAnswer } from '../../support/http-event.ts';
import { codePointsOf, isInvisible } from '../../support/invisible.ts';
import { projectConnectors } from '../../support/project-connectors.ts';
import { startScriptedScalekit } from '../../support/scripted-scalekit.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

const CANARY = 'canary-51c9';
const REASONS = [...(await projectConnectors()).values()].flatMap(({ errors }) => Object.keys(errors.rules));
const PROXY_REFUSAL = 'proxy not enabled for provider';
const RESPONSE_BYTES = 24_000;
// Each worker has its own provider and its own Scalekit, so many calls can run at the same time without mixing their
// responses.
const WORKERS = 24;
const RUNS_OF_WORKER = 74;
// This time is so short that a call ends immediately if a response requests a wait of two seconds or more.
const REMAINING_MS = 2_500;
const LIMIT_MS = 60_000;

interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Buffer;
  /**
   * The way in which the body is sent. With `lying`, the header names another encoding than the body has. With `cut`,
   * the body ends too early. With `reset`, the connection breaks.
   */
  sent: 'plain' | 'gzip' | 'br' | 'lying' | 'cut' | 'reset';
}

// --- The provider's responses ---

const hidden = fc.constantFrom(
  ...[
    '\u0000',
    '\u001b',
    '\u0085',
    '\u00ad',
    '\u061c',
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u202e',
    '\u2066',
  ],
  ...[
    '\u2060',
    '\ufeff',
    '\ufff9',
    '\ufe0f',
    '\u{e0041}',
    '\u{e0100}',
    '\u3164',
    '\ud83d',
    '\ude00',
    '😀',
    'a',
    '\n',
  ],
);
const huge = fc
  .tuple(fc.oneof(hidden, fc.constant('x')), fc.integer({ min: 100, max: 3_000 }))
  .map(([unit, times]) => unit.repeat(times));
const written = fc
  .oneof(
    {
      weight: 5,
      arbitrary: fc.string({
        unit: fc.oneof(hidden, fc.string({ unit: 'binary', maxLength: 1 })),
        maxLength: 20,
      }),
    },
    { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
    { weight: 1, arbitrary: huge },
    { weight: 1, arbitrary: fc.constantFrom('constructor', '__proto__', 'toString', 'null', '') },
  )
  .chain((text) => fc.nat(text.length).map((at) => text.slice(0, at) + CANARY + text.slice(at)));

const key = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toJSON',
    'then',
    'length',
    'error',
    'errors',
    'id',
    'ok',
  ),
  written,
);
const { value: junk } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    written,
    fc.constantFrom(null, true, false, 0, -0, 1e308, 2 ** 53, -1.5),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  ),
}));

/** Generates mostly the expected value, and sometimes a missing or different value. */
const often = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof(
    { weight: 30, arbitrary },
    { weight: 1, arbitrary: junk },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(often(arbitrary), { nil: undefined });
const items = (item: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.array(item, { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.tuple(item, fc.nat(120)).map(([one, times]) => Array(times).fill(one)) },
  );
/** Generates the expected object with additional keys. */
const shaped = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  fc
    .tuple(fc.record(shape), fc.array(fc.tuple(key, junk), { maxLength: 1 }))
    .map(([expected, more]) => Object.fromEntries([...more, ...Object.entries(expected)]));

const thing = shaped({ id: often(written), title: often(written) });
const labels = items(fc.oneof(written, fc.constantFrom('first', '__proto__')));
const nested = shaped({
  size: maybe(fc.integer()),
  kind: maybe(fc.constantFrom('one', 'other')),
  parts: maybe(items(shaped({ labels: maybe(labels), note: maybe(written) }))),
});
const note = shaped({ id: often(written), thread: often(written) });
const nextPage = fc.oneof({ weight: 9, arbitrary: written }, { weight: 1, arbitrary: fc.constant('') });

const reasonOf = (rules: readonly string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...rules) },
    { weight: 1, arbitrary: fc.constantFrom('constructor', '__proto__', 'hasOwnProperty', '429', '200') },
    { weight: 1, arbitrary: written },
  );
const globexError = shaped({
  ok: often(fc.constant(false)),
  error: often(reasonOf(Object.keys(globexErrors.rules))),
  needed: maybe(written),
});
const googleError = shaped({
  error: often(
    shaped({
      code: maybe(fc.integer()),
      message: maybe(written),
      status: maybe(written),
      errors: often(
        items(
          shaped({
            reason: often(reasonOf([...REASONS, ...Object.keys(globexErrors.rules)])),
            domain: maybe(written),
            message: maybe(written),
          }),
        ),
      ),
    }),
  ),
});
const proxyError = fc.record({
  code: fc.integer(),
  message: written.map((text) => `${PROXY_REFUSAL}: ${text}`),
});
const anyError = fc.oneof(
  globexError,
  googleError,
  proxyError,
  shaped({ message: maybe(written), error: maybe(written) }),
);

/** Returns a value as JSON. Returns an empty text if the value has no JSON form. */
const json = (value: unknown) => JSON.stringify(value) ?? '';
const deep = fc
  .tuple(fc.constantFrom('id', 'title', 'results', 'error', 'ok'), fc.integer({ min: 100, max: 50_000 }))
  .map(([name, depth]) => `{"${name}":${'['.repeat(depth)}"${CANARY}"${']'.repeat(depth)}}`);
const noJson = fc.oneof(
  written.map((text) => `<!doctype html><title>${text}</title>`),
  fc
    .tuple(junk.map(json), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([text, share]) => text.slice(0, text.length * share)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  thing.map((value) => Buffer.from(json(value), 'utf16le')),
  fc.constantFrom('', ' ', '\ufeff{}', 'null', '[]', '""', '0', '{}'),
);
const anything = fc.anything({ withNullPrototype: true }).map((value) => json({ [CANARY]: value }));

const bodyOf = (expected: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 8, arbitrary: expected.map(json) },
    { weight: 4, arbitrary: anyError.map(json) },
    { weight: 2, arbitrary: junk.map(json) },
    { weight: 1, arbitrary: anything },
    { weight: 2, arbitrary: noJson },
    { weight: 1, arbitrary: deep },
  );

// --- The transfer of a response ---

const status = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(200, 201, 202) },
  { weight: 3, arbitrary: fc.integer({ min: 200, max: 299 }) },
  { weight: 3, arbitrary: fc.integer({ min: 300, max: 399 }) },
  { weight: 6, arbitrary: fc.integer({ min: 400, max: 499 }) },
  { weight: 1, arbitrary: fc.constantFrom(401, 429) },
  { weight: 3, arbitrary: fc.integer({ min: 505, max: 999 }) },
  { weight: 1, arbitrary: fc.constantFrom(500, 502, 503, 504) },
);
const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
});
const headerValue = headerText.map((text) => `${text}${CANARY}`);
const header = fc.oneof(
  fc.tuple(
    fc.constant('retry-after'),
    fc.oneof(fc.constantFrom('0', '-1', '2', '60', '1e9', '9'.repeat(400), ['3', '4'], '3, 4'), headerValue),
  ),
  fc.tuple(
    fc.constant('content-type'),
    fc.oneof(
      fc.constantFrom('text/html', 'application/json; charset=utf-16', 'application/grpc', ';;;'),
      headerValue,
    ),
  ),
  fc.tuple(
    fc.constantFrom('location', 'refresh', 'www-authenticate', 'set-cookie', 'link', 'server'),
    headerValue,
  ),
  fc.tuple(fc.constantFrom('x-ratelimit-reset', 'x-ratelimit-remaining', 'x-request-id'), headerValue),
  fc.tuple(
    fc.constantFrom('__proto__', 'constructor', 'tostring', 'x-identifier', 'then'),
    fc.tuple(headerValue, headerValue),
  ),
);

const sent = fc.oneof(
  { weight: 40, arbitrary: fc.constant('plain' as const) },
  { weight: 4, arbitrary: fc.constantFrom('gzip' as const, 'br' as const) },
  { weight: 2, arbitrary: fc.constant('lying' as const) },
  { weight: 2, arbitrary: fc.constantFrom('cut' as const, 'reset' as const) },
);
const answerOf = (expected: fc.Arbitrary<unknown>): fc.Arbitrary<Answer> =>
  fc.record({
    status,
    headers: fc.array(header, { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
    body: bodyOf(expected),
    sent,
  });
/** Generates the responses to a call. In most cases, all requests of the call get the same response. */
const answersOf = (expected: fc.Arbitrary<unknown>): fc.Arbitrary<Answer[]> =>
  fc.oneof(
    { weight: 3, arbitrary: answerOf(expected).map((answer) => [answer]) },
    { weight: 1, arbitrary: fc.array(answerOf(expected), { minLength: 2, maxLength: 3 }) },
  );

function scripted({ status, headers, body, sent }: Answer): ScriptedAnswer | 'reset' {
  const length = Buffer.byteLength(body);
  switch (sent) {
    case 'reset':
      return 'reset';
    case 'gzip':
      return { status, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(body) };
    case 'br':
      return { status, headers: { ...headers, 'content-encoding': 'br' }, body: brotliCompressSync(body) };
    case 'lying':
      return { status, headers: { ...headers, 'content-encoding': 'gzip' }, body };
    case 'cut':
      return { status, headers: { ...headers, 'content-length': String(length + 1) }, body };
    default:
      return { status, headers, body };
  }
}

// --- The possible outcomes ---

const REFUSALS: readonly ErrorCode[] = [
  'authorization_required',
  'permission_denied',
  'not_found',
  'conflict',
  'rejected_by_provider',
  'not_configured',
];
const FAILURES: readonly ErrorCode[] = [
  'provider_unavailable',
  'provider_timeout',
  'invalid_provider_response',
];
const UNSEEN_KEYS = ['id', 'thread', 'room', 'next_cursor'];

type Verdict = 'accepted' | 'refused' | 'limited' | 'unknown';

function parsed({ status, body }: Answer): unknown {
  try {
    return status === 204 || status === 304 ? undefined : JSON.parse(body.toString().replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
/** Returns true for a valid ID. Its length is counted in code points, as in zod. */
const isId = (value: unknown) => typeof value === 'string' && value !== '' && [...value].length <= 1_024;

/** Returns the outcome that the body of Globex states. Returns undefined if only the status decides the outcome. */
function globexVerdict(body: unknown, status: number): Verdict | undefined {
  const name = property(body, 'ok') === false ? property(body, 'error') : undefined;
  if (typeof name !== 'string') return undefined;
  const rule = Object.hasOwn(globexErrors.rules, name) ? globexErrors.rules[name] : undefined;
  if (!rule) return status < 300 ? 'refused' : undefined;
  if (rule.code === 'provider_unavailable') return 'unknown';
  return rule.code === 'rate_limited' ? 'limited' : 'refused';
}

function statusVerdict(status: number, isExpected: boolean, isOfProxy: boolean): Verdict {
  if (status === 429 && !isOfProxy) return 'limited';
  if (status >= 400) return 'refused';
  return status < 300 && isExpected ? 'accepted' : 'unknown';
}

/** Returns the outcome of a write that the caller can know after this response. */
function verdictOf(tool: Tool, answer: Answer): Verdict {
  const { status, sent } = answer;
  if (sent === 'reset' || status >= 500) return 'unknown';
  // If the runtime cannot read the body, only the status decides the outcome.
  if (sent === 'cut' || sent === 'lying') return statusVerdict(status, false, false);
  if (status === 401) return 'refused';
  const body = parsed(answer);
  const isOfProxy = String(property(body, 'message')).startsWith(PROXY_REFUSAL);
  if (tool.name !== sendNote.name) return statusVerdict(status, isId(property(body, 'id')), isOfProxy);
  const isPosted =
    property(body, 'ok') === true && isId(property(body, 'id')) && isId(property(body, 'room'));
  return globexVerdict(body, status) ?? statusVerdict(status, isPosted, isOfProxy);
}

const CODES: Readonly<Record<Verdict, readonly (ErrorCode | undefined)[]>> = {
  accepted: [undefined],
  refused: REFUSALS,
  limited: ['rate_limited'],
  unknown: ['outcome_unknown'],
};

/**
 * Asserts that a write was retried only if the provider had rejected the attempt before it, and that the result has
 * the right code.
 */
function assertWrite(tool: Tool, answers: readonly Answer[], code: ErrorCode | undefined): void {
  const last = answers.at(-1);
  // On a busy machine, the call's time can end before it sends a request.
  if (!last) {
    expect(['provider_timeout', 'scalekit_unavailable']).toContain(code);
    return;
  }
  const repeated = answers.slice(0, -1).filter(({ status }) => status !== 401);
  expect(repeated.map((answer) => verdictOf(tool, answer))).toEqual(repeated.map(() => 'limited'));
  // If the body is `lying`, the runtime can read it only if it is empty. If an error response is `cut`, the client
  // may receive nothing of it.
  if (last.sent === 'lying' || (last.sent === 'cut' && last.status >= 400))
    expect(['outcome_unknown', ...REFUSALS, 'rate_limited']).toContain(code);
  else expect(CODES[verdictOf(tool, last)]).toContain(code);
}

function assertRead(answers: readonly Answer[], code: ErrorCode | undefined): void {
  // A read is tried three times, and once more with a new token.
  expect(answers.length).toBeLessThanOrEqual(4);
  expect([undefined, ...REFUSALS, ...FAILURES, 'rate_limited']).toContain(code);
}

/** Returns every text of an output that is not an ID or a cursor. */
function textsOf(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return UNSEEN_KEYS.includes(name) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => textsOf(item, name));
  return Object.entries(value).flatMap(([key, child]) => textsOf(child, key));
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_CODES, code);

type CallResult = Awaited<ReturnType<ReturnType<TestBed['environment']>>>;

/**
 * Checks a response against the contract.
 * @returns its error code, or undefined if it is a success
 */
function assertContract(tool: Tool, { status, headers, body, json }: CallResult): ErrorCode | undefined {
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(RESPONSE_BYTES);
  expect(headers['content-type']).toBe('application/json');
  expect(textsOf(json).flatMap(codePointsOf).filter(isInvisible)).toEqual([]);
  if (status === 200) {
    expect(tool.output.parse(json)).toEqual(json);
    return undefined;
  }
  const { error } = ErrorAnswer.parse(json);
  if (!isErrorCode(error.code)) throw new Error(`The code ${error.code} is not in the table.`);
  const { retryable, status: expected } = ERROR_CODES[error.code];
  expect([status, error.retryable]).toEqual([expected, retryable]);
  expect(error.retry_after_seconds ?? 1).toSatisfy(
    (seconds: number) => Number.isInteger(seconds) && seconds >= 1 && seconds <= 86_400,
  );
  expect(body + JSON.stringify(headers)).not.toContain(CANARY);
  return error.code;
}

// --- The runs ---

const beds: TestBed[] = [];
const escaped: unknown[] = [];
const onEscaped = (reason: unknown) => void escaped.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', onEscaped).on('uncaughtException', onEscaped);
  beds.push(...(await Promise.all(Array.from({ length: WORKERS }, () => startTestBed()))));
  return async () => {
    process.off('unhandledRejection', onEscaped).off('uncaughtException', onEscaped);
    await Promise.all(beds.map((bed) => bed.close()));
  };
});

const found = new Map<string, number>();
let runs = 0;

/** Calls the tool once. The provider sends these responses in order, and repeats the last one. */
async function callOnce(
  bed: TestBed,
  call: ReturnType<TestBed['environment']>,
  { tool, input }: { tool: Tool; input: unknown },
  answers: readonly Answer[],
): Promise<void> {
  bed.reset();
  const given: Answer[] = [];
  bed.provider.script = () => {
    const answer = answers[Math.min(given.length, answers.length - 1)];
    if (!answer) throw new Error('The test gave no answer.');
    given.push(answer);
    return scripted(answer);
  };
  const code = assertContract(tool, await call({ input, remainingMs: REMAINING_MS }));
  if (tool.effect === 'read') assertRead(given, code);
  else assertWrite(tool, given, code);
  expect(bed.logged()).not.toContain(CANARY);
  expect(escaped).toEqual([]);
  runs += 1;
  const outcome = `${tool.name} ${code ?? 'success'}`;
  found.set(outcome, (found.get(outcome) ?? 0) + 1);
}

test.each<{ tool: Tool; input: unknown; body: fc.Arbitrary<unknown> }>([
  { tool: readThing, input: { thing: 't1' }, body: thing },
  { tool: searchThings, input: {}, body: shaped({ results: often(items(thing)), after: maybe(nextPage) }) },
  { tool: createThing, input: { title: 'A thing' }, body: shaped({ id: often(written) }) },
  { tool: readNested, input: {}, body: nested },
  { tool: listNotes, input: {}, body: shaped({ notes: maybe(items(note)), next: maybe(nextPage) }) },
  {
    tool: sendNote,
    input: { room: 'R1', text: 'Hello' },
    body: shaped({ ok: often(fc.constant(true)), id: often(written), room: often(written) }),
  },
])(
  '$tool.name returns its output or a known error for any response of the provider',
  async ({ body, ...called }) => {
    const before = runs;

    const results = await Promise.allSettled(
      beds.map((bed) => {
        const call = bed.environment(called.tool);
        return fc.assert(
          fc.asyncProperty(answersOf(body), (answers) => callOnce(bed, call, called, answers)),
          {
            numRuns: RUNS_OF_WORKER,
            interruptAfterTimeLimit: LIMIT_MS,
            markInterruptAsFailure: true,
          },
        );
      }),
    );

    for (const result of results) if (result.status === 'rejected') throw result.reason;
    expect(runs - before).toBe(WORKERS * RUNS_OF_WORKER);
    const outcomes = [...found.keys()].filter((outcome) => outcome.startsWith(called.tool.name));
    expect(found.get(`${called.tool.name} success`)).toBeGreaterThan(RUNS_OF_WORKER);
    expect(outcomes.length).toBeGreaterThan(5);
  },
  LIMIT_MS * 2,
);

// --- Connections that break in the middle of a response, and servers that do not speak HTTP ---

const head = fc
  .tuple(
    fc.constantFrom('200 OK', '200', '201 Created', `500 ${CANARY}`, '503 -'),
    fc.array(header, { maxLength: 2 }),
  )
  .map(
    ([line, headers]) =>
      `HTTP/1.1 ${line}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}`,
  );
const broken = fc.oneof(
  fc.constant(''),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  head,
  head.map((text) => `${text}content-length: 100\r\n\r\n{"id":"${CANARY}"`),
  head.map((text) => `${text}content-length: ${CANARY}\r\n\r\n{}`),
  head.map((text) => `${text}transfer-encoding: chunked\r\n\r\nff\r\n{"id":"${CANARY}","title":"`),
  head.map((text) => `${text}transfer-encoding: chunked\r\n\r\n${CANARY}\r\n{}\r\n`),
  head.map((text) => `${text}transfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n{}`),
  head.map((text) => `${text}content-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}`),
  head.map((text) => `${text}x-large: ${'x'.repeat(20_000)}\r\n\r\n`),
  head.map((text) => `${text}${CANARY}\r\n\r\n{}`),
);

test.each<{ tool: Tool; input: unknown; proxied: string; codes: readonly ErrorCode[]; numRuns: number }>([
  {
    tool: createThing,
    input: { title: 'A thing' },
    proxied: '/proxy/things',
    codes: ['outcome_unknown'],
    numRuns: 40,
  },
  { tool: readThing, input: { thing: 't1' }, proxied: '/proxy/things/t1', codes: FAILURES, numRuns: 10 },
])(
  '$tool.name returns the correct error for a broken connection',
  async ({ tool, input, proxied, codes, numRuns }) => {
    const results = await Promise.allSettled(
      beds.map(async (bed) => {
        const scalekit = await startScriptedScalekit();
        const call = bed.environment(tool, { SCALEKIT_ENV_URL: scalekit.url });
        const sendAndBreak = async (bytes: string | Buffer) => {
          bed.reset();
          scalekit.received.length = 0;
          scalekit.script[proxied] = (request) => void request.socket.end(bytes);
          const code = assertContract(tool, await call({ input, remainingMs: REMAINING_MS }));
          expect(codes).toContain(code);
          const sent = scalekit.received.filter((path) => path === proxied);
          expect(sent.length).toBeLessThanOrEqual(tool.effect === 'read' ? 3 : 1);
          expect(bed.logged()).not.toContain(CANARY);
          runs += 1;
        };
        const options = { numRuns, interruptAfterTimeLimit: LIMIT_MS, markInterruptAsFailure: true };
        await fc.assert(fc.asyncProperty(broken, sendAndBreak), options).finally(() => scalekit.close());
      }),
    );
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  },
);

test('at least ten thousand calls were made, and no call caused an uncaught error', () => {
  expect(runs).toBeGreaterThanOrEqual(10_000);
  expect(escaped).toEqual([]);
});
