import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ToolError } from '../errors/tool-error.ts';
import { awsClientConfig } from '../settings/aws-client-config.ts';
import type { Environment } from '../settings/environment.ts';
import { type AccountStatusDetail, STATUS_UPDATED } from './account-status-event.ts';

const SOURCE = 'scalekit-lambda-tools';
// Within one region an answer takes some milliseconds; a call that takes longer than this is better made again.
const LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 500, requestTimeout: 2_000, throwOnRequestTimeout: true },
};

/** Puts what happened to an account on the bus. @throws ToolError `dependency_unavailable` */
export type PutAccountStatus = (detail: AccountStatusDetail, signal: AbortSignal) => Promise<void>;

/**
 * @param bus its name or ARN
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function createPutAccountStatus(bus: string, variables: Environment): PutAccountStatus {
  const eventBridge = new EventBridgeClient({ ...LIMITS, ...awsClientConfig(variables, 'EVENTBRIDGE') });

  return async (detail, abortSignal) => {
    const entry = {
      EventBusName: bus,
      Source: SOURCE,
      DetailType: STATUS_UPDATED,
      Detail: JSON.stringify(detail),
    };
    try {
      const answer = await eventBridge.send(new PutEventsCommand({ Entries: [entry] }), { abortSignal });
      // An entry is refused within an answer of 200.
      if (answer.FailedEntryCount !== 0) throw new Error('The bus did not take the event.');
    } catch (cause) {
      throw new ToolError('dependency_unavailable', { cause });
    }
  };
}
