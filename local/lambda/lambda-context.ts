import { randomUUID } from 'node:crypto';

/**
 * Creates the context object that the Lambda runtime passes to a handler.
 * @param requestId the request ID; a new ID by default
 */
export function lambdaContext(
  functionName: string,
  timeoutMs: number,
  clientContext?: unknown,
  requestId: string = randomUUID(),
) {
  const deadline = performance.now() + timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: '$LATEST',
    functionName,
    memoryLimitInMB: '1024',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`,
    awsRequestId: requestId,
    ...(clientContext !== undefined && { clientContext }),
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
}
