import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { parseJson } from '../../lib/text/json.ts';
import type { InvokeApi } from './start-invoke-api.ts';

/** The region of the local functions. */
export const REGION = 'eu-west-1';

/**
 * Invokes a local function through the Lambda API.
 * @returns the function's response and the request ID
 * @throws LambdaServiceException if the API rejects the request
 */
export async function invokeOverApi(
  { url: endpoint, credentials }: Pick<InvokeApi, 'url' | 'credentials'>,
  functionName: string,
  event: unknown,
  clientContext?: unknown,
): Promise<{ requestId: string | null; answer: unknown }> {
  const client = new LambdaClient({ endpoint, region: REGION, credentials, maxAttempts: 1 });
  try {
    const { Payload, $metadata } = await client.send(
      new InvokeCommand({
        FunctionName: functionName,
        Payload: JSON.stringify(event),
        ...(clientContext !== undefined && {
          ClientContext: Buffer.from(JSON.stringify(clientContext)).toString('base64'),
        }),
      }),
    );
    const answer = parseJson(Payload?.transformToString() ?? '');
    return { requestId: $metadata.requestId ?? null, answer };
  } finally {
    client.destroy();
  }
}
