import { type Organisation, rowOf, rowsOf } from './organisation.ts';

/** The queues and groups of a user: directly, by role, or by a group within a group. */
export function groupsOf(organisation: Organisation, userId: string): Set<string> {
  const roleId = rowOf(organisation, 'User', userId)?.UserRoleId;
  const ofRole = rowsOf(organisation, 'Group').filter(
    ({ Type, RelatedId }) => Type === 'Role' && RelatedId === roleId && roleId !== undefined,
  );
  const members = new Set([userId, ...ofRole.map(({ Id }) => Id)]);
  // A set that grows while it is walked.
  for (const member of members) {
    for (const { GroupId, UserOrGroupId } of rowsOf(organisation, 'GroupMember')) {
      if (UserOrGroupId === member) members.add(String(GroupId));
    }
  }
  return members;
}
