import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallMeasurements } from '../../../lib/telemetry/metrics.ts';
import { createEmfMetrics } from '../../../lib/telemetry/metrics.ts';
import { EmfDocument } from '../../support/emf-document.ts';

let written: string[];
beforeEach(() => {
  written = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const documents = () => written.map((line) => EmfDocument.parse(JSON.parse(line)));
const members = () => documents().map((document) => document.members);
const success: CallMeasurements = {
  tool: 'acme_read_thing',
  isRecognised: true,
  code: undefined,
  durationMs: 120,
  attemptDurationsMs: [40, 50.5],
  retries: 1,
  accountFromCache: true,
};

test('a successful call writes one document with values for its tool and for all tools', () => {
  createEmfMetrics()(success);

  expect(documents()).toEqual([
    {
      namespace: 'ScalekitLambdaTools',
      dimensions: [['service', 'tool'], ['service']],
      units: {
        Calls: 'Count',
        Errors: 'Count',
        Duration: 'Milliseconds',
        Retries: 'Count',
        AccountCacheHits: 'Count',
        UpstreamTime: 'Milliseconds',
      },
      members: {
        service: 'scalekit-lambda-tools',
        tool: 'acme_read_thing',
        Calls: 1,
        Errors: 0,
        Duration: 120,
        Retries: 1,
        AccountCacheHits: 1,
        UpstreamTime: [40, 50.5],
      },
    },
  ]);
});

test('an event that no surface recognises is not counted as a call or an error of the tool', () => {
  createEmfMetrics()({ ...success, isRecognised: false, code: 'internal_error' });

  expect(documents()).toEqual([
    {
      namespace: 'ScalekitLambdaTools',
      dimensions: [['service', 'tool'], ['service']],
      units: { UnknownEvents: 'Count' },
      members: { service: 'scalekit-lambda-tools', tool: 'acme_read_thing', UnknownEvents: 1 },
    },
  ]);
});

test('a failed call is counted by its error code in the metrics of all tools', () => {
  createEmfMetrics()({
    ...success,
    code: 'rate_limited',
    accountFromCache: undefined,
    attemptDurationsMs: [],
    retries: 0,
  });

  expect(members()).toEqual([
    {
      service: 'scalekit-lambda-tools',
      tool: 'acme_read_thing',
      Calls: 1,
      Errors: 1,
      Duration: 120,
      Retries: 0,
    },
    { service: 'scalekit-lambda-tools', code: 'rate_limited', Errors: 1 },
  ]);
  expect(documents().map(({ dimensions }) => dimensions)).toEqual([
    [['service', 'tool'], ['service']],
    [['service', 'code']],
  ]);
});

test('a cache miss is written as 0, so that a rate can be calculated', () => {
  createEmfMetrics()({ ...success, accountFromCache: false });

  expect(members()[0]).toMatchObject({ AccountCacheHits: 0 });
});

test.each([
  [1, 1],
  [99, 1],
  [100, 1],
  [101, 2],
  [250, 3],
])('the metrics of %i attempts are written to %i documents', (attempts, count) => {
  const attemptDurationsMs = Array.from({ length: attempts }, (_, index) => index);

  createEmfMetrics()({ ...success, code: 'provider_timeout', attemptDurationsMs });

  const byTool = members().slice(0, -1);
  expect(byTool).toHaveLength(count);
  expect(byTool.map(({ tool }) => tool)).toEqual(Array(count).fill('acme_read_thing'));
  expect(byTool.flatMap(({ UpstreamTime }) => UpstreamTime)).toEqual(attemptDurationsMs);
  expect(byTool.flatMap(({ Calls = [] }) => Calls)).toEqual([1]);
  expect(members().at(-1)).toEqual({
    service: 'scalekit-lambda-tools',
    code: 'provider_timeout',
    Errors: 1,
  });
});

test('a call leaves no values for the next call, even if its metrics could not be written', () => {
  const metrics = createEmfMetrics();
  const broken: CallMeasurements = JSON.parse(
    '{"tool":"acme_broken","isRecognised":true,"durationMs":1,"attemptDurationsMs":[7,"no number"],"retries":5}',
  );

  metrics({ ...success, tool: 'acme_other', code: 'conflict', attemptDurationsMs: Array(120).fill(3) });
  expect(() => metrics(broken)).toThrow(RangeError);
  written.length = 0;
  metrics({ ...success, attemptDurationsMs: [], accountFromCache: undefined });

  expect(members()).toEqual([
    {
      service: 'scalekit-lambda-tools',
      tool: 'acme_read_thing',
      Calls: 1,
      Errors: 0,
      Duration: 120,
      Retries: 1,
    },
  ]);
});

test.each([
  ['POWERTOOLS_METRICS_NAMESPACE', 'Ours', { namespace: 'Ours' }],
  ['POWERTOOLS_METRICS_NAMESPACE', '', { namespace: 'ScalekitLambdaTools' }],
  ['POWERTOOLS_SERVICE_NAME', 'mail', { members: { service: 'mail' } }],
  ['POWERTOOLS_SERVICE_NAME', '', { members: { service: 'scalekit-lambda-tools' } }],
])("Powertools' setting %s=%s is used", (name, value, document) => {
  vi.stubEnv(name, value);

  createEmfMetrics()(success);

  expect(documents()[0]).toMatchObject(document);
});

test('POWERTOOLS_METRICS_DISABLED turns the metrics off', () => {
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');

  createEmfMetrics()({ ...success, code: 'conflict', attemptDurationsMs: Array(250).fill(1) });

  expect(written).toEqual([]);
});
