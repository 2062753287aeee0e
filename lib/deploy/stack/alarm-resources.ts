import type { ErrorCode } from '../../errors/error-codes.ts';
import type { Parameters } from '../parameters.ts';
import { functionLogicalId, type Resources, ref } from './cloudformation.ts';
import type { Deployment } from './deployment.ts';
import { metricsNamespace, metricsService, PERIOD_SECONDS } from './metric-names.ts';

// A metric math alarm has at most ten metrics.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-data-queries.html
const FUNCTIONS_PER_ALARM = 10;

interface AlarmOfCode {
  code: ErrorCode;
  /** The number of errors in five minutes. */
  threshold: number;
  means: string;
}

/** docs/runbook.md explains each alarm and what to do about it. */
const alarmsOfCodes = ({ refusedCalls }: Parameters): AlarmOfCode[] => [
  { code: 'internal_error', threshold: 1, means: 'A tool failed by a fault of its own.' },
  {
    code: 'not_configured',
    threshold: 1,
    means: 'A connection is missing in Scalekit, or Scalekit refuses our credentials.',
  },
  { code: 'outcome_unknown', threshold: 1, means: 'A write was sent, and its outcome is unknown.' },
  { code: 'scalekit_unavailable', threshold: 5, means: 'Scalekit cannot be reached.' },
  {
    code: 'forbidden',
    threshold: refusedCalls,
    means: 'Many callers name users for whom they may not act, or lack a scope.',
  },
  { code: 'unauthenticated', threshold: refusedCalls, means: 'Many calls have no usable user.' },
];

// Log lines that Lambda writes itself if a function ended without a response.
const BREAKDOWN_PATTERN =
  '?"Task timed out after" ?"Runtime exited" ?"Runtime.ExitError" ?"Uncaught Exception" ?"Invoke Error" ?"Runtime.OutOfMemory"';

/**
 * Returns the alarms and the log metrics that they need, or nothing if the parameters turn alarms off. The alarms
 * notify the SNS topic if one is set.
 */
export function alarmResources(deployment: Deployment): Resources {
  const { parameters } = deployment;
  if (!parameters.alarms) return {};
  return {
    ...codeAlarms(deployment),
    ...breakdowns(deployment),
    ...(parameters.httpApiId ? {} : { ...apiThrottles(deployment), ...apiRefusals(deployment) }),
    ...throttles(deployment),
  };
}

function codeAlarms(deployment: Deployment): Resources {
  const { parameters } = deployment;
  const { slowCallMs } = parameters;
  const resources: Resources = {};
  for (const { code, threshold, means } of alarmsOfCodes(parameters)) {
    resources[alarmId(code)] = alarm(deployment, `${code}: ${means}`, {
      ...ownMetric(deployment, 'Errors', { code }),
      Statistic: 'Sum',
      Threshold: threshold,
    });
  }
  resources.SlowCallsAlarm = alarm(deployment, `The slowest 1 % of calls take over ${slowCallMs} ms.`, {
    ...ownMetric(deployment, 'Duration', {}),
    ExtendedStatistic: 'p99',
    Threshold: slowCallMs,
    // The alarm needs two slow periods out of three, because one slow call can make a whole period look slow.
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    EvaluateLowSampleCountPercentile: 'ignore',
  });
  return resources;
}

function alarmId(code: ErrorCode): string {
  const words = code.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Alarm`;
}

/**
 * Counts invocations that ended without a response. Such an invocation cannot write metrics, so we count log lines.
 */
function breakdowns(deployment: Deployment): Resources {
  return {
    ...countedLines(deployment, 'Breakdowns', { group: ref('LogGroup'), pattern: BREAKDOWN_PATTERN }),
    BreakdownsAlarm: alarm(deployment, 'A function could not start, ended early or ran out of time.', {
      ...ownMetric(deployment, 'Breakdowns'),
      Statistic: 'Sum',
      Threshold: 1,
    }),
  };
}

/** Counts requests that the API itself rejects under load. */
function apiThrottles(deployment: Deployment): Resources {
  return {
    ...countedLines(deployment, 'ApiThrottles', {
      group: ref('HttpApiLogGroup'),
      // The values in the access log are strings. `-` means that API Gateway sent the response itself, without calling
      // an integration.
      pattern: '{ ($.status = "429") && ($.integrationStatus = "-") }',
    }),
    ApiThrottlesAlarm: alarm(deployment, 'The API rejects requests because there are too many.', {
      ...ownMetric(deployment, 'ApiThrottles'),
      Statistic: 'Sum',
      Threshold: 1,
    }),
  };
}

/** Counts requests that the authorizer rejects. These requests reach no function. */
function apiRefusals(deployment: Deployment): Resources {
  return {
    ...countedLines(deployment, 'ApiRefusals', {
      group: ref('HttpApiLogGroup'),
      pattern: '{ (($.status = "401") || ($.status = "403")) && ($.integrationStatus = "-") }',
    }),
    ApiRefusalsAlarm: alarm(deployment, 'The API refuses many requests because of their caller.', {
      ...ownMetric(deployment, 'ApiRefusals'),
      Statistic: 'Sum',
      Threshold: deployment.parameters.refusedCalls,
    }),
  };
}

/** Counts calls that Lambda rejects because too many calls run at the same time. */
function throttles(deployment: Deployment): Resources {
  const resources: Resources = {};
  const { functions } = deployment;
  for (let first = 0; first < functions.length; first += FUNCTIONS_PER_ALARM) {
    const metrics = functions.slice(first, first + FUNCTIONS_PER_ALARM).map(({ key }, index) => ({
      Id: `throttles${index}`,
      ReturnData: false,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/Lambda',
          MetricName: 'Throttles',
          Dimensions: [{ Name: 'FunctionName', Value: ref(functionLogicalId(key)) }],
        },
        Period: PERIOD_SECONDS,
        Stat: 'Sum',
      },
    }));
    resources[`ThrottlesAlarm${first / FUNCTIONS_PER_ALARM + 1}`] = alarm(
      deployment,
      'Lambda rejects calls because too many run at once.',
      {
        Metrics: [
          { Id: 'all', Label: 'Throttles', ReturnData: true, Expression: 'SUM(METRICS())' },
          ...metrics,
        ],
        Threshold: 1,
      },
    );
  }
  return resources;
}

function countedLines(
  deployment: Deployment,
  metricName: string,
  { group, pattern }: { group: object; pattern: string },
): Resources {
  return {
    [`${metricName}Filter`]: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: group,
        FilterPattern: pattern,
        // A metric filter cannot add a dimension with a fixed value, such as the stack's name. So we put the stack's
        // name into the metric's name.
        MetricTransformations: [
          {
            MetricNamespace: metricsNamespace(deployment),
            MetricName: `${deployment.stackName}-${metricName}`,
            MetricValue: '1',
            Unit: 'Count',
          },
        ],
      },
    },
  };
}

function ownMetric(deployment: Deployment, name: string, dimensions?: Readonly<Record<string, string>>) {
  const Namespace = metricsNamespace(deployment);
  if (!dimensions) return { Namespace, MetricName: `${deployment.stackName}-${name}` };
  return {
    Namespace,
    MetricName: name,
    Dimensions: Object.entries({ service: metricsService(deployment), ...dimensions }).map(
      ([Name, Value]) => ({ Name, Value }),
    ),
  };
}

function alarm({ parameters: { alarmTopic } }: Deployment, description: string, properties: object) {
  const isMath = 'Metrics' in properties;
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: description,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
      ...(!isMath && { Period: PERIOD_SECONDS }),
      ...(alarmTopic && { AlarmActions: [alarmTopic], OKActions: [alarmTopic] }),
      ...properties,
    },
  };
}
