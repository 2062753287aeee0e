// Runs an execution environment as a separate process, so that a test can freeze the process. Each line of input
// makes a call. For each call, the process prints one line with the code or the status of the response.
import { createInterface } from 'node:readline';
import { anyHandler } from '../../local/testing/any-handler.ts';
import { createThing, readThing } from './acme.ts';
import { httpEvent, lambdaContext, readHttpAnswer } from './http-event.ts';

process.on('unhandledRejection', () => console.log('unhandled rejection'));
const [read, write] = [readThing, createThing].map((tool) =>
  anyHandler(tool, { log: () => {}, metrics: () => {} }),
);

/** Makes the call that a line describes: `read`, `write`, or `write` and an idempotency key. */
function call(line: string): Promise<unknown> | undefined {
  const [kind, key] = line.split(' ');
  if (kind !== 'write') return read?.(httpEvent({ body: { thing: 't1' } }), lambdaContext());
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  return write?.(httpEvent({ headers, body: { title: 'A thing' } }), lambdaContext());
}

console.log('ready');
for await (const line of createInterface(process.stdin)) {
  const { status, error } = readHttpAnswer(await call(line));
  console.log(error?.code ?? status);
}
