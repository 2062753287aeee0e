import * as z from 'zod';

const Unit = z.enum(['Count', 'Milliseconds']);
const Directive = z.strictObject({
  Namespace: z.string().regex(/^[\w./#:-]{1,255}$/),
  Dimensions: z.array(z.array(z.string().min(1).max(250)).max(30)).min(1),
  Metrics: z
    .array(z.strictObject({ Name: z.string().min(1).max(255), Unit }))
    .min(1)
    .max(100),
});
const MetricValue = z.union([z.number(), z.array(z.number()).min(1).max(100)]);
const DimensionValue = z.string().min(1).max(1_024);

/**
 * The schema of a metrics document that CloudWatch accepts. The document may contain only dimensions and metrics.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const EmfDocument = z
  .looseObject({
    _aws: z.strictObject({ Timestamp: z.int().positive(), CloudWatchMetrics: z.tuple([Directive]) }),
  })
  .transform(({ _aws, ...members }, context) => {
    const [{ Namespace: namespace, Dimensions, Metrics }] = _aws.CloudWatchMetrics;
    const names = Metrics.map(({ Name }) => Name);
    const schema = z.strictObject({
      ...Object.fromEntries(Dimensions.flat().map((name) => [name, DimensionValue])),
      ...Object.fromEntries(names.map((name) => [name, MetricValue])),
    });
    const { error } = schema.safeParse(members);
    if (error) context.addIssue(z.prettifyError(error));
    if (new Set(names).size !== names.length) context.addIssue('A metric is there twice.');
    return {
      namespace,
      dimensions: Dimensions,
      units: Object.fromEntries(Metrics.map(({ Name, Unit }) => [Name, Unit])),
      members,
    };
  });
