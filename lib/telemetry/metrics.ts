import type { ErrorCode } from '../errors/error-codes.ts';
import { createPublishMetrics, type Measurement, type PublishMetrics } from './publish-metrics.ts';

/** The measurements of a call. They include neither a user nor a path. */
export interface CallMeasurements {
  /** The name of the tool. */
  tool: string;
  /** False if no surface recognised the event, so that its error is not the tool's. */
  isRecognised: boolean;
  /** Undefined if the call succeeded. */
  code: ErrorCode | undefined;
  /** The duration of the whole call. */
  durationMs: number;
  /** The duration of each attempt to reach the provider. */
  attemptDurationsMs: readonly number[];
  /** The number of attempts that were retries. */
  retries: number;
  /** True if the account check was answered from the cache; undefined if there was no check. */
  accountFromCache: boolean | undefined;
}

/** Receives the measurements of each call when it has ended. An error thrown here reaches no caller. */
export type RecordMetrics = (measurements: CallMeasurements) => void;

// The limit of a document for the values of one metric.
const VALUES_MAX = 100;

/**
 * Writes the metrics of calls in CloudWatch's embedded metric format.
 *
 * Each combination of a name and its dimensions is a custom metric that costs money. So there are six metrics per tool,
 * and the same six for all tools together, because an alarm watches one metric. Error codes are counted over all tools;
 * the log line names the tool. Events that no surface recognises have their own metric, because they are not faults of
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

/** Counts an error by its code, over all functions; the log line names the function. */
export type CountError = (code: ErrorCode) => void;

/** @throws Error if a setting of Powertools is malformed */
export function createErrorCount(publish: PublishMetrics = createPublishMetrics()): CountError {
  return (code) => publish(['code', code], [['Errors', 'Count', 1]]);
}

/** Counts the results of a surface, and how many of them are errors. */
export type CountResult = (isError: boolean) => void;

/** @throws Error if a setting of Powertools is malformed */
export function createResultCount(
  surface: string,
  publish: PublishMetrics = createPublishMetrics(),
): CountResult {
  // Zeros are published too, because a rate needs them.
  return (isError) => publish(['surface', surface], [['ErrorResults', 'Count', Number(isError)]]);
}
