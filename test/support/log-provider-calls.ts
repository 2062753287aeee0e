import { appendFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';
import { providerCalls } from '../../local/providers/provider-calls.ts';
import { asDescribed } from './as-described.ts';

// With PROVIDER_CALLS_FILE=calls.jsonl, the connector tests append each provider request to that file, as a line of JSON.
const file = process.env.PROVIDER_CALLS_FILE;
const isOfConnector = expect.getState().testPath?.includes('/functions/');
if (file && isOfConnector) {
  const append = (call: unknown) => appendFileSync(file, `${JSON.stringify(asDescribed(call))}\n`);
  providerCalls.subscribe(append);
  // The next file in this process subscribes again, or is not a connector test.
  afterAll(() => providerCalls.unsubscribe(append));
}
