import { type Resources, sub } from './cloudformation.ts';
import { type Deployment, functionNameOf } from './deployment.ts';
import { metricsNamespace, metricsService, PERIOD_SECONDS } from './metric-names.ts';

// CloudFormation replaces this variable with the region.
const REGION = `\${AWS::Region}`;
const WIDGET_WIDTH = 8;
const WIDGET_HEIGHT = 6;
const WIDGETS_PER_ROW = 3;

/**
 * Returns the dashboard of a stage.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardResource(deployment: Deployment): Resources {
  const service = metricsService(deployment);
  const namespace = metricsNamespace(deployment);
  const ofService = (metric: string) => [namespace, metric, 'service', service];
  const byDimension = (metric: string, dimension: string, statistic: string) => [
    {
      expression: `SEARCH('{"${namespace}",service,${dimension}} MetricName="${metric}" service="${service}"', '${statistic}', ${PERIOD_SECONDS})`,
    },
  ];
  const percentiles = (metric: string) =>
    ['p50', 'p95', 'p99'].map((stat) => [...ofService(metric), { stat, label: stat }]);
  const logGroup = logGroupName(deployment);

  const widgets = [
    metricWidget('Calls by tool', [byDimension('Calls', 'tool', 'Sum')]),
    metricWidget('Errors by code', [byDimension('Errors', 'code', 'Sum')]),
    metricWidget('Errors by tool', [byDimension('Errors', 'tool', 'Sum')]),
    metricWidget('Time of a call (ms)', percentiles('Duration')),
    metricWidget('Time of the provider (ms)', percentiles('UpstreamTime')),
    metricWidget('p99 by tool (ms)', [byDimension('Duration', 'tool', 'p99')]),
    logWidget(
      'Cold starts and starting time (ms)',
      logGroup,
      'filter @type = "REPORT" | stats count(@initDuration) as cold_starts, pct(@initDuration, 99) as starting_p99 by bin(5m)',
    ),
    metricWidget(
      'Calls that Lambda refuses',
      deployment.functions.map((planned) => [
        'AWS/Lambda',
        'Throttles',
        'FunctionName',
        functionNameOf(planned, deployment),
        { stat: 'Sum' },
      ]),
    ),
    metricWidget('Retries and cached accounts', [
      [...ofService('Retries'), { stat: 'Sum' }],
      [...ofService('AccountCacheHits'), { stat: 'Average', yAxis: 'right' }],
    ]),
    logWidget(
      'The last failures',
      logGroup,
      'filter message = "call failed" | fields @timestamp, tool, code, surface, upstream_status, path_template, request_id | sort @timestamp desc | limit 20',
      WIDGET_WIDTH * WIDGETS_PER_ROW,
    ),
  ];
  return {
    Dashboard: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        DashboardName: deployment.stackName,
        DashboardBody: sub(JSON.stringify({ widgets: placed(widgets) })),
      },
    },
  };
}

/**
 * Returns the name of the stack's log group. All functions write to this group, so that one query can follow a request
 * through all of them.
 */
export function logGroupName({ stackName }: Pick<Deployment, 'stackName'>): string {
  return `/aws/lambda/${stackName}`;
}

interface Widget {
  type: 'metric' | 'log';
  width: number;
  height: number;
  properties: object;
}

function metricWidget(title: string, metrics: readonly unknown[]): Widget {
  return {
    type: 'metric',
    width: WIDGET_WIDTH,
    height: WIDGET_HEIGHT,
    properties: { title, region: REGION, period: PERIOD_SECONDS, view: 'timeSeries', metrics },
  };
}

function logWidget(title: string, logGroup: string, query: string, width = WIDGET_WIDTH): Widget {
  return {
    type: 'log',
    width,
    height: WIDGET_HEIGHT,
    properties: { title, region: REGION, query: `SOURCE '${logGroup}' | ${query}`, view: 'table' },
  };
}

function placed(widgets: readonly Widget[]) {
  return widgets.map((widget, index) => ({
    ...widget,
    x: (index % WIDGETS_PER_ROW) * WIDGET_WIDTH,
    y: Math.floor(index / WIDGETS_PER_ROW) * WIDGET_HEIGHT,
  }));
}
