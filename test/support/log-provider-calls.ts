import { appendFileSync } from 'node:fs';
import { expect } from 'vitest';
import { providerCalls } from '../../local/providers/provider-calls.ts';
import { asDescribed } from './as-described.ts';

// With PROVIDER_CALLS_FILE=calls.jsonl, the connector tests append each provider request to that file, as a line of JSON.
const file = process.env.PROVIDER_CALLS_FILE;
const isOfConnector = expect.getState().testPath?.includes('/functions/');
if (file && isOfConnector)
  providerCalls.subscribe((call) => appendFileSync(file, `${JSON.stringify(asDescribed(call))}\n`));
