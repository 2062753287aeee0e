import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../listen-on-loopback.ts';

/** An example ARN. */
export const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:scalekit-AbCdEf';

/**
 * Starts the part of the Secrets Manager API that returns one secret. If `state.answer` is undefined, the
 * server never responds.
 */
export async function startSecretsManager(secret = 'first-secret') {
  const requests: { target: unknown; body: unknown }[] = [];
  const state: { answer: { status: number; body: unknown } | undefined } = {
    answer: { status: 200, body: { SecretString: secret } },
  };
  const server = createServer(async (request, response) => {
    requests.push({ target: request.headers['x-amz-target'], body: JSON.parse(await text(request)) });
    if (!state.answer) return;
    response.writeHead(state.answer.status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(state.answer.body));
  });
  const { url, close } = await listenOnLoopback(server, 0);
  return {
    url,
    requests,
    /** The environment variables for a process that uses this server. */
    variables: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    answer(status: number, body: unknown) {
      state.answer = { status, body };
    },
    hang() {
      state.answer = undefined;
    },
    close,
  };
}
