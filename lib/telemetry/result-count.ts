import { createPublishMetrics, type PublishMetrics } from './publish-metrics.ts';

/** Counts the results of a surface, and how many of them are errors. */
export type CountResult = (isError: boolean) => void;

/** @throws Error where a setting of Powertools is malformed */
export function createResultCount(
  surface: string,
  publish: PublishMetrics = createPublishMetrics(),
): CountResult {
  // 0 counts as well: without it, there is no rate to be made.
  return (isError) => publish(['surface', surface], [['ErrorResults', 'Count', Number(isError)]]);
}
