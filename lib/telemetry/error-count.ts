import type { ErrorCode } from '../errors/error-codes.ts';
import { createPublishMetrics, type PublishMetrics } from './publish-metrics.ts';

/** Counts an error by its code, over all functions; the log line names the function. */
export type CountError = (code: ErrorCode) => void;

/** @throws Error if a setting of Powertools is malformed */
export function createErrorCount(publish: PublishMetrics = createPublishMetrics()): CountError {
  return (code) => publish(['code', code], [['Errors', 'Count', 1]]);
}
