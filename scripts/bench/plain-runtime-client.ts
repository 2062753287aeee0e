// Replaces AWS's runtime client if that client cannot be built. This client loads a function by the name of its
// handler, and runs one invocation after another. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

// We use `require`, because an `import` of node:http would load code that the measured function does not load.
const { Agent, request } = createRequire(import.meta.url)('node:http');
const agent = new Agent({ keepAlive: true });
const { AWS_LAMBDA_RUNTIME_API: api = '', LAMBDA_TASK_ROOT: root = '', _HANDLER: name = '' } = process.env;
const base = `http://${api}/2018-06-01/runtime/invocation`;

async function send(path: string, method: string, body?: string) {
  const { promise, resolve, reject } = Promise.withResolvers<import('node:http').IncomingMessage>();
  request(`${base}/${path}`, { method, agent }, resolve).on('error', reject).end(body);
  const response = await promise;
  return { headers: response.headers, text: String(await buffer(response)) };
}

const [, file = '', exported = ''] = /^(.*)\.(\w+)$/.exec(name) ?? [];
const path = ['.js', '.mjs', '.cjs'].map((ending) => join(root, file + ending)).find(existsSync);
const { [exported]: handler } = await import(path ?? file);
for (;;) {
  const { headers, text } = await send('next', 'GET');
  const id = String(headers['lambda-runtime-aws-request-id']);
  const context = headers['lambda-runtime-client-context'];
  const answer = await handler(JSON.parse(text), {
    awsRequestId: id,
    getRemainingTimeInMillis: () => Number(headers['lambda-runtime-deadline-ms']) - Date.now(),
    ...(typeof context === 'string' && { clientContext: JSON.parse(context) }),
  });
  await send(`${id}/response`, 'POST', JSON.stringify(answer));
}
