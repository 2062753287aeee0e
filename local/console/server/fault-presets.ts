import type { FaultInput } from '../../scalekit/fault-schema.ts';

interface FaultPreset {
  title: string;
  explanation: string;
  fault: FaultInput;
}

/** The most common faults. `*` matches every connection. */
export const FAULT_PRESETS: readonly FaultPreset[] = [
  {
    title: 'The provider fails twice',
    explanation: 'Two attempts get 503. A read succeeds at its third.',
    fault: { connection: '*', times: 2, answer: { status: 503 } },
  },
  {
    title: 'The provider is down',
    explanation: 'Every attempt gets 503.',
    fault: { connection: '*', answer: { status: 503 } },
  },
  {
    title: 'Rate limited for an hour',
    explanation: 'The provider answers 429 with retry-after, which is longer than a call may wait.',
    fault: { connection: '*', answer: { status: 429, headers: { 'retry-after': '3600' } } },
  },
  {
    title: 'Rate limited for a second, once',
    explanation: 'One attempt gets 429; the call waits and goes on.',
    fault: { connection: '*', times: 1, answer: { status: 429, headers: { 'retry-after': '1' } } },
  },
  {
    title: 'The provider is slow',
    explanation: 'Every attempt takes 2 seconds more.',
    fault: { connection: '*', latencyMs: 2_000 },
  },
  {
    title: 'The provider never answers',
    explanation: 'A read is given up in time to say so.',
    fault: { connection: '*', hang: true },
  },
  {
    title: 'The answer to a POST is lost',
    explanation: 'The provider does it, but its answer never arrives: a write is outcome_unknown.',
    fault: { connection: '*', method: 'POST', drop: 'after-provider' },
  },
  {
    title: 'The answer is no JSON',
    explanation: 'The provider answers 200 with a page for people.',
    fault: { connection: '*', answer: { status: 200, body: '<html>Sign in</html>' } },
  },
  {
    title: 'The provider refuses the user’s token',
    explanation: 'It was revoked there, which Scalekit does not know yet.',
    fault: { connection: '*', accountToken: 'expired' },
  },
  {
    title: 'Our access token ends',
    explanation: 'Scalekit refuses it once; the call renews it and goes on.',
    fault: { connection: '*', times: 1, token: 'expired' },
  },
  {
    title: 'Scalekit is down',
    explanation: 'Its own API answers 503. Accounts that were ACTIVE a moment ago are still believed.',
    fault: { path: '/api/v1/*', answer: { status: 503 } },
  },
];
