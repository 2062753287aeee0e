import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bestEffort, createPowertoolsLog, type LogFields } from '../../../lib/telemetry/log.ts';

let stdout: string[];
let stderr: string[];
beforeEach(() => {
  stdout = [];
  stderr = [];
  for (const [stream, lines] of [
    [process.stdout, stdout],
    [process.stderr, stderr],
  ] as const) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      lines.push(String(chunk));
      return true;
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const lines = () => [...stdout, ...stderr].map((line) => JSON.parse(line));
const levels = () => lines().map(({ level }) => level);

function logAll() {
  const log = createPowertoolsLog();
  for (const level of ['INFO', 'WARN', 'ERROR'] as const)
    log(level, 'a message', { tool: 'acme_read_thing' });
}

test("a log line is JSON with the unchanged fields and Powertools' additions", () => {
  const fields = {
    tool: 'acme_read_thing',
    surface: 'http',
    request_id: 'r1',
    identifier_hash: '0123456789abcdef',
    code: 'conflict',
    error_class: 'TypeError',
    error_frames: ['at f (file.ts:1:1)'],
    response_faults: ['id: invalid_type, expected string'],
    output_faults: ['id: too_big'],
    authoring_fault: 'The path is not made by path.',
    upstream_status: 409,
    path_template: '/things/{}',
    attempts: 0,
    retries: 0,
    upstream_ms: 0,
    account_from_cache: false,
    duration_ms: 0,
  } satisfies LogFields;

  createPowertoolsLog()('INFO', 'call failed', fields);

  expect(stdout).toHaveLength(1);
  expect(stdout[0]).toMatch(/^\{.*\}\n$/);
  expect(lines()).toEqual([
    {
      level: 'INFO',
      message: 'call failed',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      service: 'scalekit-lambda-tools',
      sampling_rate: 0,
      ...fields,
    },
  ]);
});

test('a log line has no field of the previous line, and no field that is null or undefined', () => {
  const log = createPowertoolsLog();

  log('ERROR', 'call failed', { tool: 'acme_a', code: 'conflict', error_frames: ['at f (file.ts:1:1)'] });
  log('INFO', 'call succeeded', { tool: 'acme_b', request_id: null, identifier_hash: undefined });

  expect(Object.keys(JSON.parse(stdout[0] ?? ''))).toEqual([
    'level',
    'message',
    'timestamp',
    'service',
    'sampling_rate',
    'tool',
  ]);
});

test('INFO goes to stdout, WARN and ERROR go to stderr', () => {
  logAll();

  expect(stdout.map((line) => JSON.parse(line).level)).toEqual(['INFO']);
  expect(stderr.map((line) => JSON.parse(line).level)).toEqual(['WARN', 'ERROR']);
});

test.each([
  ['POWERTOOLS_LOG_LEVEL', 'WARN', ['WARN', 'ERROR']],
  ['POWERTOOLS_LOG_LEVEL', 'SILENT', []],
  ['POWERTOOLS_LOG_LEVEL', '', ['INFO', 'WARN', 'ERROR']],
  ['AWS_LAMBDA_LOG_LEVEL', 'ERROR', ['ERROR']],
])('%s=%s sets the log level', (name, value, expected) => {
  vi.stubEnv(name, value);

  logAll();

  expect(levels()).toEqual(expected);
});

test.each([
  ['mail', 'mail'],
  ['', 'scalekit-lambda-tools'],
])('POWERTOOLS_SERVICE_NAME=%s sets the service to %s', (value, service) => {
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', value);

  createPowertoolsLog()('INFO', 'a message', { tool: 'acme_read_thing' });

  expect(lines()).toMatchObject([{ service }]);
});

test('a log line contains the trace ID from Lambda', () => {
  vi.stubEnv(
    '_X_AMZN_TRACE_ID',
    'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  );

  createPowertoolsLog()('INFO', 'a message', { tool: 'acme_read_thing' });

  expect(lines()).toMatchObject([{ xray_trace_id: '1-5759e988-bd862e3fe1be46a994272793' }]);
});

describe('bestEffort', () => {
  test('calls the function synchronously with all arguments', () => {
    const received: unknown[] = [];

    bestEffort((...parameters: unknown[]) => received.push(parameters))('a', 1);

    expect(received).toEqual([['a', 1]]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no space left');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no space left'))],
  ])('a function that %s has no effect on its caller', async (_, report) => {
    expect(bestEffort(report)()).toBeUndefined();
    // Wait a moment, because an unhandled rejection would then end the test process.
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
});
