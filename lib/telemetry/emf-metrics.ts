import { Metrics } from '@aws-lambda-powertools/metrics';
import type { CallMeasurements, RecordMetrics } from './call-measurements.ts';
import { serviceName } from './service-name.ts';

type Measurement = readonly [name: string, unit: 'Count' | 'Milliseconds', value: number];

const NAMESPACE = 'ScalekitLambdaTools';
// At 100 values Powertools publishes by itself, and what follows has lost its dimension.
const VALUES_MAX = 99;

/**
 * Writes metrics to stdout in CloudWatch's embedded metric format, with Powertools for AWS Lambda.
 *
 * Each combination of a name and its dimensions is a custom metric that costs money. So there are six for a tool, and
 * the codes, which are a closed list, are counted over all tools; which tool it was is in the log line. What has many
 * values, such as a user, is no dimension.
 * @throws Error where one of Powertools' own settings is malformed
 */
export function createEmfMetrics(): RecordMetrics {
  const namespace = process.env.POWERTOOLS_METRICS_NAMESPACE?.trim() || NAMESPACE;
  const metrics = new Metrics({ namespace, serviceName: serviceName() });

  /** Writes one document, before any other call can add to it. */
  function publish(dimension: 'tool' | 'code', value: string, measurements: readonly Measurement[]): void {
    try {
      metrics.addDimension(dimension, value);
      for (const [name, unit, measured] of measurements) metrics.addMetric(name, unit, measured);
      metrics.publishStoredMetrics();
    } finally {
      // What could not be written belongs to no other document.
      metrics.clearMetrics();
      metrics.clearDimensions();
    }
  }

  return (call) => {
    const [firstAttempts = [], ...moreAttempts] = chunks(
      call.attemptDurationsMs.map(upstreamTime),
      VALUES_MAX,
    );
    publish('tool', call.tool, [...ofTheCall(call), ...firstAttempts]);
    for (const attempts of moreAttempts) publish('tool', call.tool, attempts);
    if (call.code) publish('code', call.code, [['Errors', 'Count', 1]]);
  };
}

/** 0 counts as well: without it, there is no rate to be made. */
function ofTheCall({ code, durationMs, retries, accountFromCache }: CallMeasurements): Measurement[] {
  return [
    ['Calls', 'Count', 1],
    ['Errors', 'Count', Number(code !== undefined)],
    ['Duration', 'Milliseconds', durationMs],
    ['Retries', 'Count', retries],
    ...(accountFromCache === undefined
      ? []
      : [['AccountCacheHits', 'Count', Number(accountFromCache)] as const]),
  ];
}

function upstreamTime(durationMs: number): Measurement {
  return ['UpstreamTime', 'Milliseconds', durationMs];
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
