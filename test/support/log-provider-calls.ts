import { appendFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';
import { providerCalls } from '../../local/providers/provider-calls.ts';
import { asDescribed } from './as-described.ts';

// If PROVIDER_CALLS_FILE contains a path, such as calls.jsonl, the connector tests append each request to a provider
// to this file. Each request is one line of JSON.
const file = process.env.PROVIDER_CALLS_FILE;
const isOfConnector = expect.getState().testPath?.includes('/functions/');
if (file && isOfConnector) {
  const append = (call: unknown) => appendFileSync(file, `${JSON.stringify(asDescribed(call))}\n`);
  providerCalls.subscribe(append);
  // Each connector's test file subscribes for itself. The requests of other tests in this process must not be logged.
  afterAll(() => providerCalls.unsubscribe(append));
}
