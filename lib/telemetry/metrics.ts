import type { ErrorCode } from '../errors/error-codes.ts';
import { createPublishMetrics, type Measurement, type PublishMetrics } from './publish-metrics.ts';

/** The measurements of a call. They contain no user and no path. */
export interface CallMeasurements {
  /** The name of the tool. */
  tool: string;
  /** False if no surface recognised the event. The error is then not a fault of the tool. */
  isRecognised: boolean;
  /** The code of the error; undefined if the call succeeded. */
  code: ErrorCode | undefined;
  /** The duration of the whole call. */
  durationMs: number;
  /** The duration of each attempt to reach the provider. */
  attemptDurationsMs: readonly number[];
  /** The number of attempts that were retries. */
  retries: number;
  /** True if the account's status came from the cache; undefined if there was no check. */
  accountFromCache: boolean | undefined;
}

/** Receives the measurements of each call after the call has ended. If it throws an error, the error is ignored. */
export type RecordMetrics = (measurements: CallMeasurements) => void;

// The maximum number of values per metric in one document.
const VALUES_MAX = 100;

/**
 * Writes the metrics of calls in CloudWatch's embedded metric format. Each combination of a metric's name and its
 * dimensions is a custom metric that costs money. Values with many variants, such as users, are therefore not
 * dimensions. There are six metrics for each tool, and six for all tools together, because an alarm can watch only one
 * metric. Errors have one metric per code for all tools together, because the log line names the tool. Events that no
 * surface recognises have their own metric, because they are not faults of the tool.
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

/** Also writes zeros, because a rate needs the calls without errors too. */
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

/** Counts an error by its code, for all functions together. The log line names the function. */
export type CountError = (code: ErrorCode) => void;

/** @throws Error if a setting of Powertools is malformed */
export function createErrorCount(publish: PublishMetrics = createPublishMetrics()): CountError {
  return (code) => publish(['code', code], [['Errors', 'Count', 1]]);
}

/** Counts the results of a surface, and how many of the results are errors. */
export type CountResult = (isError: boolean) => void;

/** @throws Error if a setting of Powertools is malformed */
export function createResultCount(
  surface: string,
  publish: PublishMetrics = createPublishMetrics(),
): CountResult {
  // We also write zeros, because a rate needs the results without errors too.
  return (isError) => publish(['surface', surface], [['ErrorResults', 'Count', Number(isError)]]);
}
