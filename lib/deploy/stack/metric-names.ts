import type { Deployment } from './deployment.ts';

/** Over how long what is counted is added up. */
export const PERIOD_SECONDS = 300;

/** The namespace of the functions' own metrics. */
export function metricsNamespace({ settings }: Pick<Deployment, 'settings'>): string {
  return settings.POWERTOOLS_METRICS_NAMESPACE || 'ScalekitLambdaTools';
}

/** What the functions name as their service: by default one for each stage, so that the stages of an account stay apart. */
export function metricsService({
  settings,
  functionNamePrefix,
}: Pick<Deployment, 'settings' | 'functionNamePrefix'>): string {
  return settings.POWERTOOLS_SERVICE_NAME || functionNamePrefix.replace(/-$/, '');
}
