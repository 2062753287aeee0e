import { randomUUID } from 'node:crypto';

/**
 * The context that the Lambda runtime hands to a handler; with a client context where the invoker sent one.
 * @param requestId the ID of the invocation, by default a new one
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
