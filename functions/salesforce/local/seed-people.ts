import { ada, grace } from '../../../local/providers/harbor-bikes.ts';
import { dayAt } from '../../../local/providers/story-time.ts';
import { type Row, recordIdOf } from './organisation.ts';

const role = (serial: number, Name: string, ParentRoleId: string | null): Row => ({
  Id: recordIdOf('00E', serial),
  Name,
  ParentRoleId,
});
const ownerRole = role(1, 'Owner', null);
const workshopRole = role(2, 'Workshop', ownerRole.Id);

const user = (serial: number, values: Record<string, string | null>): Row => ({
  Id: recordIdOf('005', serial),
  CreatedDate: `${dayAt(-630)}T08:00:00.000+0000`,
  LastModifiedDate: `${dayAt(-300)}T08:00:00.000+0000`,
  IsActive: true,
  TimeZoneSidKey: 'Europe/Berlin',
  ...values,
});

export const adaUser = user(1, {
  Name: ada.name,
  Username: ada.email,
  Email: ada.email,
  Title: 'Owner',
  Department: 'Sales',
  ManagerId: null,
  UserRoleId: ownerRole.Id,
});
export const graceUser = user(2, {
  Name: grace.name,
  Username: grace.email,
  Email: grace.email,
  Title: 'Workshop lead',
  Department: 'Workshop',
  ManagerId: adaUser.Id,
  UserRoleId: workshopRole.Id,
});
export const jonasUser = user(3, {
  Name: 'Jonas Keller',
  Username: 'jonas@harborbikes.example',
  Email: 'jonas@harborbikes.example',
  Title: 'Mechanic',
  Department: 'Workshop',
  ManagerId: graceUser.Id,
  UserRoleId: workshopRole.Id,
});

const created = {
  CreatedDate: `${dayAt(-290)}T08:00:00.000+0000`,
  LastModifiedDate: `${dayAt(-290)}T08:00:00.000+0000`,
};
const group = (serial: number, Name: string, Type: string, RelatedId: string | null = null): Row => ({
  Id: recordIdOf('00G', serial),
  Name,
  Type,
  RelatedId,
  ...created,
});
export const salesApprovers = group(1, 'Sales Approvers', 'Queue');
const everybody = group(2, 'Everybody', 'Regular');
const salesTeam = group(3, 'Sales Team', 'Regular');
const owners = group(4, 'Owner', 'Role', ownerRole.Id);

const member = (serial: number, GroupId: string, UserOrGroupId: string): Row => ({
  Id: recordIdOf('011', serial),
  GroupId,
  UserOrGroupId,
  ...created,
});

export const people = {
  User: [adaUser, graceUser, jonasUser],
  UserRole: [ownerRole, workshopRole],
  Group: [salesApprovers, everybody, salesTeam, owners],
  // Ada belongs to the queue through the sales team, and to the sales team through her role.
  GroupMember: [
    member(1, salesApprovers.Id, salesTeam.Id),
    member(2, salesTeam.Id, owners.Id),
    member(3, everybody.Id, adaUser.Id),
    member(4, everybody.Id, graceUser.Id),
  ],
};
