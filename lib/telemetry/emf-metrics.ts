import type { CallMeasurements, RecordMetrics } from './call-measurements.ts';
import { createErrorCount } from './error-count.ts';
import { createPublishMetrics, type Measurement } from './publish-metrics.ts';

// As many as a document holds of one name.
const VALUES_MAX = 100;

/**
 * Writes the metrics of calls in CloudWatch's embedded metric format.
 *
 * Each combination of a name and its dimensions is a custom metric that costs money. So there are six for a tool, the
 * same six for all tools together, since an alarm is on one metric, and the codes, which are a closed list, are counted
 * over all tools; which tool it was is in the log line. What has many values, such as a user, is no dimension.
 * @throws Error where a setting of Powertools is malformed
 */
export function createEmfMetrics(): RecordMetrics {
  const publish = createPublishMetrics();
  const countError = createErrorCount(publish);

  return (call) => {
    const [firstAttempts = [], ...moreAttempts] = chunks(call.attemptDurationsMs, VALUES_MAX);
    publish(['tool', call.tool], [...ofTheCall(call), ...upstreamTimes(firstAttempts)], true);
    for (const attempts of moreAttempts) publish(['tool', call.tool], upstreamTimes(attempts), true);
    if (call.code) countError(call.code);
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

function upstreamTimes(durationsMs: readonly number[]): Measurement[] {
  return durationsMs.length === 0 ? [] : [['UpstreamTime', 'Milliseconds', durationsMs]];
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
