import { describe, expect, test } from 'vitest';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../get-current-user.ts';
import { documentedResources, documentedUser } from './documented.ts';
import { readErrors } from './provider-errors.ts';
import { testInvalidChanges } from './test-invalid-inputs.ts';
import { useSalesforce } from './use-salesforce.ts';

describe(tool.name, () => {
  const salesforce = useSalesforce();

  test.each([
    ['user_ada', { id: '005HB0000000001YAA', name: 'Ada Okafor', title: 'Owner', manager_id: null }],
    ['user_grace', { id: '005HB0000000002YAA', name: 'Grace Lindqvist', manager_id: '005HB0000000001YAA' }],
  ])('returns the Salesforce user of %s, although Chatter is off', async (user, expected) => {
    const { status, json } = await salesforce.call(tool, {}, user);

    expect(status).toBe(200);
    expect(json).toMatchObject({ ...expected, time_zone: 'Europe/Berlin' });
    expect(salesforce.forwarded()).toEqual([
      'GET /',
      `GET /sobjects/User/${expected.id}?fields=Id,Name,Email,Username,Title,ManagerId,TimeZoneSidKey`,
    ]);
  });

  test('accepts the documented responses', async () => {
    const { json } = await salesforce.answering(
      tool,
      {},
      { body: documentedResources },
      { body: documentedUser },
    );

    expect(json).toEqual({
      id: '005D0000001GLohIAG',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      username: 'ada@example.com',
      title: 'CTO',
      manager_id: null,
      time_zone: null,
    });
  });

  // These are identity URLs of the documentation, of sandboxes and of My Domain:
  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_discoveryresource.htm,
  // https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_using_openid.htm
  test.each([
    'https://login.salesforce.com/id/00D000000000062EA0/005R0000000DuMt',
    'https://test.salesforce.com/id/00Dx0000001T0zkEAC/005D0000001GLohIAG',
    'https://mycompany--uat.sandbox.my.salesforce.com/id/00Dx0000001T0zkEAC/005D0000001GLohIAG/',
  ])('reads the user ID from %s', async (identity) => {
    const { requests } = await salesforce.answering(tool, {}, { body: { identity } }, { body: { Id: 'x' } });

    const [, userId] = /(005\w+)/.exec(identity) ?? [];
    expect(requests[1]?.url).toContain(`/sobjects/User/${userId}?`);
  });

  test.each([
    ['no identity', { sobjects: '/services/data/v68.0/sobjects' }],
    ['an identity URL without a user ID', { identity: 'https://login.salesforce.com/id/me' }],
  ])('rejects a response with %s', async (_, body) => {
    expect((await salesforce.answering(tool, {}, { body })).error?.code).toBe('invalid_provider_response');
  });
});

testProviderErrors(tool, {}, readErrors);
testInvalidChanges(tool, {}, [['user_id', { user_id: '005HB0000000002YAA' }]]);
