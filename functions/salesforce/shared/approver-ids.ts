import { id, type ProviderClient, path } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { CurrentUser, withoutChatter } from './current-user.ts';
import { queryPage } from './query-page.ts';
import { soql } from './soql.ts';

const Memberships = queryPage(z.object({ GroupId: id() }));

/** Who a request may wait for, when it waits for the user: the user, and the queues that the user is in. */
export async function approverIds(api: ProviderClient): Promise<string[]> {
  // https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_resources_user_profile_information.htm
  const { body: user } = await api.get(path`/chatter/users/me`, {
    response: CurrentUser,
    errors: withoutChatter,
  });
  // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_groupmember.htm
  const { body: memberships } = await api.get(path`/query`, {
    query: {
      // More IDs would not fit into the address of the next query.
      q: soql`SELECT GroupId FROM GroupMember WHERE UserOrGroupId = ${user.id} AND Group.Type = 'Queue' ORDER BY GroupId LIMIT 100`,
    },
    response: Memberships,
  });
  return [user.id, ...memberships.records.map(({ GroupId }) => GroupId)];
}
