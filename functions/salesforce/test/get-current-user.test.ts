import { describe, expect, test } from 'vitest';
import { testRefusals } from '../../../test/support/test-refusals.ts';
import { tool } from '../get-current-user.ts';
import { documentedUser } from './documented.ts';
import { readRefusals, withoutChatter } from './refusals.ts';
import { testInvalidChanges } from './test-invalid-inputs.ts';
import { useSalesforce } from './use-salesforce.ts';

describe(tool.name, () => {
  const salesforce = useSalesforce();

  test.each([
    ['user_ada', { id: '005HB0000000001YAA', name: 'Ada Okafor', manager_id: null }],
    ['user_grace', { id: '005HB0000000002YAA', name: 'Grace Lindqvist', manager_id: '005HB0000000001YAA' }],
  ])('tells who %s is, and asks as documented', async (user, expected) => {
    const { status, json } = await salesforce.call(tool, {}, user);

    expect(status).toBe(200);
    expect(json).toMatchObject(expected);
    expect(salesforce.forwarded()).toEqual(['GET /chatter/users/me']);
  });

  test('the answer of the documentation', async () => {
    const { json } = await salesforce.answering(tool, {}, { body: documentedUser });

    expect(json).toEqual({
      id: '005D0000001GLoh',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      manager_id: null,
    });
  });

  test('an answer that lacks everything optional', async () => {
    const { json } = await salesforce.answering(tool, {}, { body: { id: '005D0000001GLoh', name: 'Ada' } });

    expect(json).toEqual({ id: '005D0000001GLoh', name: 'Ada', email: null, manager_id: null });
  });

  test('an answer without an ID is no user', async () => {
    const { error } = await salesforce.answering(tool, {}, { body: { id: null, name: 'Ada' } });

    expect(error?.code).toBe('invalid_provider_response');
  });
});

testRefusals(tool, {}, { ...readRefusals, ...withoutChatter });
testInvalidChanges(tool, {}, [['user_id', { user_id: '005HB0000000002YAA' }]]);
