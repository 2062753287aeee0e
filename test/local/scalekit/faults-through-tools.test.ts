import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FaultInput } from '../../../local/scalekit/fault-schema.ts';
import { createThing, readThing } from '../../support/acme.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});
beforeEach(() => bed.reset());

const write = { input: { title: 'A thing' } };
const read = { input: { thing: 't1' } };

describe('a tool, while the emulated Scalekit has a fault', () => {
  test.each<[string, FaultInput, string, number]>([
    ['a lost response', { connection: 'acme', drop: 'after-provider' }, 'outcome_unknown', 1],
    ['an incomplete response', { path: '/things', drop: 'during-answer' }, 'outcome_unknown', 1],
    ['a 429', { method: 'POST', path: '/things', answer: { status: 429 } }, 'rate_limited', 0],
    [
      'an error of the token endpoint',
      { path: '/oauth/token', answer: { status: 503 } },
      'scalekit_unavailable',
      0,
    ],
    ["a user's token that expired", { accountToken: 'expired' }, 'authorization_required', 2],
  ])('returns the right error for a write after %s', async (_name, fault, code, received) => {
    bed.provider.script = ({ headers }) =>
      headers.authorization === 'Bearer acme-token-of-user_ada' ? { body: { id: 't1' } } : { status: 401 };
    bed.scalekit.addFault(fault);

    const { error } = await bed.environment(createThing)(write);

    expect(error?.code).toBe(code);
    expect(bed.provider.requests).toHaveLength(received);
  });

  test('succeeds after an access token expired', async () => {
    bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
    bed.scalekit.addFault({ connection: 'acme', token: 'expired', times: 1 });

    const { status } = await bed.environment(readThing)(read);

    expect(status).toBe(200);
    expect(
      bed.scalekit.requests.flatMap(({ kind, authorization }) => (kind === 'proxy' ? authorization : [])),
    ).toEqual(['invalid', 'valid']);
  });

  test('succeeds again after a reset', async () => {
    bed.scalekit.addFault({ answer: { status: 503 } });
    bed.reset();
    bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });

    expect((await bed.environment(readThing)(read)).status).toBe(200);
  });
});
