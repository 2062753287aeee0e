import { id, type ProviderClient, path } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { ifVisible, queryPage } from './query-page.ts';
import { clause, soql } from './soql.ts';

// Salesforce recommends at most five levels of nested groups.
const LEVELS_MAX = 5;
// A query with more IDs would be too long for the URL.
const IDS_MAX = 400;

const GroupsResponse = queryPage(z.object({ Id: id() }));
const MembershipsResponse = queryPage(z.object({ GroupId: id() }));
const UsersResponse = queryPage(z.object({ UserRoleId: id().nullish() }));
const RolesResponse = queryPage(z.object({ Id: id(), ParentRoleId: id().nullish() }));

/**
 * Returns the IDs of the user, and of all queues and groups that contain the user directly, through a role, or through
 * another group.
 */
export async function memberships(
  api: ProviderClient,
  userId: string,
): Promise<{ ids: string[]; missing: string | false }> {
  const ofRole = await ifVisible(groupsOfRole(api, userId));
  let isUnread = ofRole === undefined;
  const found = new Set([userId, ...(ofRole ?? [])]);
  let level = [...found];
  for (let depth = 0; depth < LEVELS_MAX && level.length > 0 && found.size <= IDS_MAX; depth += 1) {
    const answer = await ifVisible(
      // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_groupmember.htm
      api.get(path`/query`, {
        query: { q: soql`SELECT GroupId FROM GroupMember WHERE UserOrGroupId IN ${level}` },
        response: MembershipsResponse,
      }),
    );
    if (!answer) isUnread = true;
    const groups = new Set(answer?.body.records.map(({ GroupId }) => GroupId));
    level = [...groups].filter((group) => !found.has(group));
    for (const group of level) found.add(group);
  }
  const isCut = found.size > IDS_MAX || level.length > 0;
  return {
    ids: [...found].slice(0, IDS_MAX),
    missing:
      (isUnread && 'Requests for some queues: the account cannot read the groups of its user.') ||
      (isCut && 'Requests for some queues: the user belongs to too many groups to read them all.'),
  };
}

/** Returns the groups that Salesforce creates for the user's role, for the roles above that role, and for all users. */
async function groupsOfRole(api: ProviderClient, userId: string): Promise<string[]> {
  const roles = await rolesOf(api, userId);
  const [own = ''] = roles;
  const ofRoles = soql`OR (Type = 'Role' AND RelatedId = ${own}) OR (Type IN ('RoleAndSubordinates','RoleAndSubordinatesInternal') AND RelatedId IN ${roles})`;
  // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_group.htm
  const { body } = await api.get(path`/query`, {
    query: {
      q: soql`SELECT Id FROM Group WHERE Type = 'Organization' ${clause(own === '' ? '' : ofRoles)}`.trim(),
    },
    response: GroupsResponse,
  });
  return body.records.map(({ Id }) => Id);
}

/** Returns the user's role, and the roles above that role. */
async function rolesOf(api: ProviderClient, userId: string): Promise<string[]> {
  // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_user.htm
  const { body: users } = await api.get(path`/query`, {
    query: { q: soql`SELECT UserRoleId FROM User WHERE Id = ${userId}` },
    response: UsersResponse,
  });
  let role = users.records[0]?.UserRoleId ?? null;
  if (role === null) return [];
  // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_role.htm
  const { body } = await api.get(path`/query`, {
    query: { q: soql`SELECT Id, ParentRoleId FROM UserRole` },
    response: RolesResponse,
  });
  const parents = new Map(body.records.map(({ Id, ParentRoleId }) => [Id, ParentRoleId ?? null]));
  const roles = new Set<string>();
  while (role !== null && !roles.has(role)) {
    roles.add(role);
    role = parents.get(role) ?? null;
  }
  return [...roles];
}
