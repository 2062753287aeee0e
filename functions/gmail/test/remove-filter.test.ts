import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { tool } from '../remove-filter.ts';
import { errorsForIds } from './provider-errors.ts';

const local = useStackAndBed();

const Filters = z.object({ filters: z.array(z.object({ id: z.string() })) });
const idsOf = async (user: string) =>
  Filters.parse((await local.stack.call(user, 'gmail_list_filters')).json).filters.map(({ id }) => id);

describe('gmail_remove_filter', () => {
  test('removes only the given filter, and returns its criteria and actions', async () => {
    const before = await idsOf('user_ada');
    const [filter_id = ''] = before;
    local.stack.scalekit.reset();

    const { status, json } = await local.stack.call('user_ada', tool.name, { filter_id });

    expect(status).toBe(200);
    expect(json).toEqual({
      id: filter_id,
      criteria: 'from:(orders@boltchain.example)',
      actions: ['add label Suppliers'],
    });
    expect(local.forwarded()).toEqual([
      expect.objectContaining({ method: 'GET', path: `/gmail/v1/users/me/settings/filters/${filter_id}` }),
      expect.objectContaining({ method: 'GET', path: '/gmail/v1/users/me/labels' }),
      expect.objectContaining({ method: 'DELETE', path: `/gmail/v1/users/me/settings/filters/${filter_id}` }),
    ]);
    expect(await idsOf('user_ada')).toEqual(before.slice(1));
    expect((await local.stack.call('user_ada', tool.name, { filter_id })).error?.code).toBe('not_found');
  });

  test('removes a filter without criteria or actions', async () => {
    local.bed.provider.script = ({ method }) =>
      method === 'GET' ? { body: { id: 'f1' } } : { status: 204, body: '' };

    const { json } = await local.bed.environment(tool)({ input: { filter_id: 'f1' } });

    expect(json).toEqual({ id: 'f1', criteria: '', actions: [] });
  });

  test('removes nothing without the scope to change settings', async () => {
    local.stack.scalekit.setAccount('gmail', 'user_grace', {
      status: 'ACTIVE',
      accessToken: 'ya29.local-grace',
    });
    const [filter_id = ''] = await idsOf('user_grace');

    const { error } = await local.stack.call('user_grace', tool.name, { filter_id });

    expect(error).toMatchObject({
      code: 'permission_denied',
      details: [{ issue: 'needs the scope https://www.googleapis.com/auth/gmail.settings.basic' }],
    });
    expect(await idsOf('user_grace')).toContain(filter_id);
  });

  test('reports outcome_unknown if the connection is lost during the removal', async () => {
    local.bed.provider.script = ({ method }) => (method === 'GET' ? { body: { id: 'f1' } } : 'reset');

    const { error } = await local.bed.environment(tool)({ input: { filter_id: 'f1' } });

    expect(error?.code).toBe('outcome_unknown');
  });

  test.each([{}, { filter_id: '' }, { filter_id: '../filters' }, { filter_id: { id: 7 } }])(
    'rejects the input %j',
    async (input) => {
      const { error } = await local.stack.call('user_ada', tool.name, input);

      expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'filter_id' }] });
      expect(local.stack.scalekit.requests).toEqual([]);
    },
  );
});

testProviderErrors(tool, { filter_id: 'f1' }, errorsForIds);
