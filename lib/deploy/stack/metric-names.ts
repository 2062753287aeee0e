import type { Deployment } from './deployment.ts';

/** The period of all metrics. */
export const PERIOD_SECONDS = 300;

/** The namespace of the functions' own metrics. */
export function metricsNamespace({ settings }: Pick<Deployment, 'settings'>): string {
  return settings.POWERTOOLS_METRICS_NAMESPACE || 'ScalekitLambdaTools';
}

/**
 * Returns the service name in the functions' metrics. The default contains the stage, so that two stages in one
 * account have separate metrics.
 */
export function metricsService({
  settings,
  functionNamePrefix,
}: Pick<Deployment, 'settings' | 'functionNamePrefix'>): string {
  return settings.POWERTOOLS_SERVICE_NAME || functionNamePrefix.replace(/-$/, '');
}
