// An execution environment as a process of its own, so that a test can freeze it: a line in is a call, a line out its answer.
import { createInterface } from 'node:readline';
import { createHandler } from '../../lib/lambda.ts';
import { createThing, readThing } from './acme.ts';
import { httpEvent, lambdaContext, readHttpAnswer } from './http-event.ts';

process.on('unhandledRejection', () => console.log('unhandled rejection'));
const [read, write] = [readThing, createThing].map((tool) =>
  createHandler(tool, { log: () => {}, metrics: () => {} }),
);
const calls = {
  read: () => read?.(httpEvent({ body: { thing: 't1' } }), lambdaContext()),
  write: () => write?.(httpEvent({ body: { title: 'A thing' } }), lambdaContext()),
};
console.log('ready');
for await (const line of createInterface(process.stdin)) {
  const { status, error } = readHttpAnswer(await calls[line === 'write' ? 'write' : 'read']());
  console.log(error?.code ?? status);
}
