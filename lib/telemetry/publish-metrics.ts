import { Metrics } from '@aws-lambda-powertools/metrics';
import { serviceName } from './service-name.ts';

export type Measurement = readonly [name: string, unit: 'Count' | 'Milliseconds', value: number];

/**
 * Writes one document, before any other call can add to it.
 * @param dimension what it is of, besides the service: its name and its value
 * @param isOfServiceToo whether it counts for the service as a whole as well
 */
export type PublishMetrics = (
  dimension: readonly [name: string, value: string],
  measurements: readonly Measurement[],
  isOfServiceToo?: boolean,
) => void;

const NAMESPACE = 'ScalekitLambdaTools';

/**
 * Writes metrics to stdout in CloudWatch's embedded metric format, with Powertools for AWS Lambda.
 * @throws Error where one of Powertools' own settings is malformed
 */
export function createPublishMetrics(): PublishMetrics {
  const namespace = process.env.POWERTOOLS_METRICS_NAMESPACE?.trim() || NAMESPACE;
  const metrics = new Metrics({ namespace, serviceName: serviceName() });

  return (dimension, measurements, isOfServiceToo = false) => {
    try {
      metrics.addDimension(...dimension);
      if (isOfServiceToo) metrics.addDimensions({});
      for (const [name, unit, measured] of measurements) metrics.addMetric(name, unit, measured);
      metrics.publishStoredMetrics();
    } finally {
      // What could not be written belongs to no other document.
      metrics.clearMetrics();
      metrics.clearDimensions();
    }
  };
}
