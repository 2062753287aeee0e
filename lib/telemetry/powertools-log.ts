import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from './log.ts';
import { serviceName } from './service-name.ts';

const METHODS = { INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Writes lines of JSON with Powertools for AWS Lambda: INFO to stdout, the others to stderr.
 * @throws Error where one of Powertools' own settings is malformed
 */
export function createPowertoolsLog(): Log {
  const logger = new Logger({ serviceName: serviceName() });
  return (level, message, fields) => {
    // Fields go with their line and never to the logger, which calls that run at the same time share.
    logger[METHODS[level]](message, { ...fields });
  };
}
