import type { CallMeasurements, RecordMetrics } from './call-measurements.ts';
import { createErrorCount } from './error-count.ts';
import { createPublishMetrics, type Measurement } from './publish-metrics.ts';

// The limit of a document for the values of one metric.
const VALUES_MAX = 100;

/**
 * Writes the metrics of calls in CloudWatch's embedded metric format.
 *
 * Each combination of a name and its dimensions is a custom metric that costs money. So there are six metrics per tool,
 * and the same six for all tools together, because an alarm watches one metric. Error codes are counted over all tools;
 * the log line names the tool. Events that no surface recognises have a metric of their own, because they are no fault of
 * the tool. Values with many variants, such as a user, are not dimensions.
 * @throws Error if a setting of Powertools is malformed
 */
export function createEmfMetrics(): RecordMetrics {
  const publish = createPublishMetrics();
  const countError = createErrorCount(publish);

  return (call) => {
    if (!call.isRecognised) {
      publish(['tool', call.tool], [['UnknownEvents', 'Count', 1]], true);
      return;
    }
    const [firstAttempts = [], ...moreAttempts] = chunks(call.attemptDurationsMs, VALUES_MAX);
    publish(['tool', call.tool], [...ofTheCall(call), ...upstreamTimes(firstAttempts)], true);
    for (const attempts of moreAttempts) publish(['tool', call.tool], upstreamTimes(attempts), true);
    if (call.code) countError(call.code);
  };
}

/** Zeros are published too, because a rate needs them. */
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

function upstreamTimes(durationsMs: readonly number[]): Measurement[] {
  return durationsMs.length === 0 ? [] : [['UpstreamTime', 'Milliseconds', durationsMs]];
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
