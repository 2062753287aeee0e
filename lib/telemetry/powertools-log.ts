import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { Log } from './log.ts';
import { serviceName } from './service-name.ts';

const METHODS = { INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Writes lines of JSON with Powertools for AWS Lambda: INFO to stdout, the others to stderr.
 * @throws Error where one of Powertools' own settings is malformed
 */
export function createPowertoolsLog(): Log {
  const logger = new Logger({ serviceName: serviceName(), logFormatter: new LineFormatter() });
  return (level, message, fields) => {
    // Fields go with their line and never to the logger, which calls that run at the same time share.
    logger[METHODS[level]](message, { ...fields });
  };
}

/**
 * The line that Powertools makes by itself, without the passes in which it looks for what our fields never are.
 * https://docs.aws.amazon.com/powertools/typescript/latest/features/logger/#custom-log-formatter
 */
class LineFormatter extends LogFormatter {
  override formatAttributes(attributes: UnformattedAttributes, fields: LogAttributes): LogItem {
    const { logLevel, message, timestamp, serviceName, sampleRateValue, xRayTraceId } = attributes;
    return new LogItem({
      attributes: {
        level: logLevel,
        message,
        timestamp: this.formatTimestamp(timestamp),
        service: serviceName,
        sampling_rate: sampleRateValue,
        xray_trace_id: xRayTraceId,
        ...fields,
      },
    });
  }
}
