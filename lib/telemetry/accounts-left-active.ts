import { createPublishMetrics } from './publish-metrics.ts';

/** Counts an account that is ACTIVE no more, which its user has to connect again. */
export type CountLeftActive = (connection: string) => void;

/**
 * Connections are few, and users are no dimension.
 * @throws Error where a setting of Powertools is malformed
 */
export function createLeftActiveMetric(): CountLeftActive {
  const publish = createPublishMetrics();
  return (connection) => publish(['connection', connection], [['AccountsLeftActive', 'Count', 1]]);
}
