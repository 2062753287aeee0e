import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { Log } from './log.ts';
import { serviceName } from './service-name.ts';

const METHODS = { INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Writes JSON lines with Powertools for AWS Lambda: INFO to stdout, the others to stderr.
 * @throws Error if one of Powertools' own settings is malformed
 */
export function createPowertoolsLog(): Log {
  const logger = new Logger({ serviceName: serviceName(), logFormatter: new LineFormatter() });
  return (level, message, fields) => {
    // Fields belong to one line and never to the logger, because concurrent calls share it.
    logger[METHODS[level]](message, { ...fields });
  };
}

/**
 * Writes the same line as Powertools' own formatter, but skips its search for values that our fields never have.
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
