import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../lib/errors/error-codes.ts';
import { anyHandler } from '../../local/testing/any-handler.ts';
import { ErrorAnswer, lambdaContext } from '../support/http-event.ts';
import { startRecordingServer } from '../support/recording-server.ts';
import { Canaries } from './error-table/canaries.ts';
import { commonCases, PROVIDER_CASES } from './error-table/provider-cases.ts';
import type { Case, Expected, Row } from './error-table/row.ts';
import { needsOwnStage, type Report, runRow } from './error-table/run-row.ts';
import { accountCases, INDEPENDENT_CASES } from './error-table/runtime-cases.ts';
import { type Stage, startSecretStore, startStage } from './error-table/stage.ts';
import { CONNECTORS, toolOf } from './error-table/tools.ts';

const AT_ONCE = 24;
const STAGES = 4;
// All rows run at the same time, so a test may have to wait for the slowest row.
const TIMEOUT_MS = 120_000;

/** The HTTP status and the retryability of each code. The test does not import them from the code. */
const CODES: Partial<Record<ErrorCode, readonly [status: number, retryable: boolean]>> = {
  invalid_input: [400, false],
  unauthenticated: [401, false],
  forbidden: [403, false],
  authorization_required: [403, false],
  permission_denied: [403, false],
  not_found: [404, false],
  conflict: [409, false],
  rejected_by_provider: [422, false],
  rate_limited: [429, true],
  internal_error: [500, false],
  not_configured: [500, false],
  invalid_provider_response: [502, false],
  outcome_unknown: [502, false],
  provider_unavailable: [503, true],
  scalekit_unavailable: [503, true],
  dependency_unavailable: [503, true],
  provider_timeout: [504, true],
};
/** These are the codes of calls with an idempotency key, which other files test. */
const CODES_OF_KEYS = ['request_in_progress', 'idempotency_key_reused'];

const elsewhere = await startRecordingServer();
const secretStore = await startSecretStore();
const stage = await startStage();

const rows: Row[] = [
  ...CONNECTORS.flatMap((connector) =>
    [...commonCases(connector, elsewhere.url), ...PROVIDER_CASES[connector], ...accountCases(connector)].map(
      (one): Row => ({ connector, ...one }),
    ),
  ),
  ...INDEPENDENT_CASES.map(
    (one, index): Row => ({ connector: CONNECTORS[index % CONNECTORS.length] ?? 'acme', ...one }),
  ),
];

const reports = new Map<Row, PromiseWithResolvers<Report>>(
  rows.map((row) => [row, Promise.withResolvers<Report>()]),
);

beforeAll(() => {
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', secretStore.url);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  for (const { promise } of reports.values()) promise.catch(() => undefined);
  void runAll();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([stage.close(), elsewhere.close(), secretStore.close()]);
});

/** Runs many rows at the same time, the slowest rows first. Each test waits for its own row. */
async function runAll(): Promise<void> {
  const sorted = rows.toSorted((one, other) => slowness(other) - slowness(one));
  const apart = sorted.filter(needsOwnStage);
  const together = sorted.filter((row) => !needsOwnStage(row));
  const lane = async () => {
    const own = await startStage();
    await runInTurn(apart, own);
    await own.close();
  };
  await Promise.all([
    ...Array.from({ length: STAGES }, lane),
    ...Array.from({ length: AT_ONCE }, () => runInTurn(together, stage)),
  ]);
}

async function runInTurn(queue: Row[], stage: Stage): Promise<void> {
  for (let row = queue.shift(); row; row = queue.shift()) {
    const report = reports.get(row);
    await runRow(row, { stage, elsewhere: elsewhere.url, secretStore }).then(report?.resolve, report?.reject);
  }
}

/** Returns a call's duration in milliseconds, if only its own time limit ends it. Two calls take longer than one. */
const slowness = ({ call, afterFirstCall }: Case) =>
  (call?.remainingMs ?? 0) + Number(Boolean(afterFirstCall));

function expectedAnswer({ code, sent, ...more }: Expected) {
  const [status, retryable] = CODES[code] ?? [];
  const { retryAfterSeconds: told = null, link, accountStatus = null, details = [] } = more;
  const isAbout = typeof told === 'object' && told !== null;
  return {
    status,
    sent: typeof sent === 'number' ? sent : expect.toSatisfy(isWithin(sent)),
    failuresLogged: 1,
    retryAfterHeader: isAbout ? expect.stringMatching(/^\d{4}$/) : told && String(told),
    error: {
      code,
      retryable,
      message: expect.stringMatching(/^[A-Z].{10,}[.]$/),
      retry_after_seconds: isAbout ? expect.closeTo(told.about, -1) : told,
      authorization_url: link ? expect.stringMatching(/^https?:\/\/\S+\/magicLink\/[\w-]+$/) : null,
      account_status: accountStatus,
      details,
      request_id: expect.any(String),
    },
  };
}

const isWithin =
  ({ from, to }: { from: number; to: number }) =>
  (value: number) =>
    value >= from && value <= to;

async function reportOf(row: Row): Promise<Report> {
  const report = reports.get(row);
  if (!report) throw new Error('The row was not run.');
  return report.promise;
}

const NOWHERE = { answer: [], log: [], measurements: [] };

describe.each(CONNECTORS)('%s', (name) => {
  const own = rows.filter(({ connector }) => connector === name);

  for (const row of own) {
    test(
      `a ${row.kind} fails with ${row.expected.code} because of ${row.name}, and reveals no data`,
      async () => {
        const { planted, leaks, measurements, ...answer } = await reportOf(row);

        expect(answer).toEqual(expectedAnswer(row.expected));
        expect(measurements).toBe(1);
        expect(leaks).toEqual(NOWHERE);
      },
      TIMEOUT_MS,
    );
  }
});

test('an event that no surface recognises returns internal_error, and reveals no data', async () => {
  const canaries = new Canaries();
  const lines: string[] = [];
  const handler = anyHandler(toolOf('acme', 'read', canaries), {
    variables: {
      SCALEKIT_ENV_URL: stage.relay.url,
      SCALEKIT_CLIENT_ID: canaries.plant('a setting'),
      SCALEKIT_CLIENT_SECRET: canaries.plant('our client secret'),
      USER_VERIFY_URL: 'none',
    },
    log: (...line) => lines.push(JSON.stringify(line)),
    metrics: (measured) => lines.push(JSON.stringify(measured)),
  });

  const answer = await handler(
    canaries.fillAndAdd('the event', { version: '1.0', body: '?' }),
    lambdaContext(),
  );

  expect(ErrorAnswer.parse(answer).error).toMatchObject({ code: 'internal_error', retryable: false });
  expect(lines.length).toBeGreaterThan(0);
  expect(canaries.foundIn(JSON.stringify(answer) + lines.join())).toEqual([]);
});

describe('the table of errors', () => {
  test('contains every code except the codes of calls with an idempotency key', () => {
    const codes = new Set(rows.map(({ expected }) => expected.code));
    const all = Object.keys(ERROR_CODES).filter((code) => !CODES_OF_KEYS.includes(code));

    expect([...codes].sort()).toEqual(all.sort());
    expect(Object.keys(CODES).sort()).toEqual(all.sort());
  });

  test('contains each row only once', () => {
    const names = rows.map(({ connector, kind, name }) => `${connector}: ${kind}, ${name}`);

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('puts a recognisable text into every place that can contain a secret', async () => {
    const settled = await Promise.all(rows.map(reportOf));
    const places = new Set(settled.flatMap(({ planted }) => planted));

    expect([...places].sort()).toEqual([
      'a body of Scalekit',
      'a body of the provider',
      'a header of Scalekit',
      'a header of the call',
      'a header of the provider',
      'a key of a body of Scalekit',
      'a key of a body of the provider',
      'a key of the input',
      'a key of the output',
      'a key of the secret store',
      'a line of a message that looks like a frame',
      'a setting',
      'our access token',
      'our client secret',
      'the cause of an error',
      'the claims',
      'the code of an error',
      'the identifier',
      'the input',
      'the link',
      'the message of an error',
      'the name of a header of Scalekit',
      'the name of a header of the provider',
      'the name of an error',
      'the path',
      'the query, a header and the body of the request',
      'the response of an error',
      'the secret store',
      "the user's token",
    ]);
  });

  test('causes no request to another host', async () => {
    await Promise.all(rows.map(reportOf));

    expect(elsewhere.received).toEqual([]);
  });
});
