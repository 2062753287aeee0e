import { ada, grace } from '../../../local/providers/harbor-bikes.ts';
import { type Row, recordIdOf } from './organisation.ts';

const user = (serial: number, values: Record<string, string | null>): Row => ({
  Id: recordIdOf('005', serial),
  CreatedDate: '2024-03-01T08:00:00.000+0000',
  LastModifiedDate: '2026-01-12T08:00:00.000+0000',
  ...values,
});

export const adaUser = user(1, {
  Name: ada.name,
  Username: ada.email,
  Email: ada.email,
  Title: 'Owner',
  Department: 'Sales',
  ManagerId: null,
});
export const graceUser = user(2, {
  Name: grace.name,
  Username: grace.email,
  Email: grace.email,
  Title: 'Workshop lead',
  Department: 'Workshop',
  ManagerId: adaUser.Id,
});
export const jonasUser = user(3, {
  Name: 'Jonas Keller',
  Username: 'jonas@harborbikes.example',
  Email: 'jonas@harborbikes.example',
  Title: 'Mechanic',
  Department: 'Workshop',
  ManagerId: graceUser.Id,
});

const created = {
  CreatedDate: '2025-02-03T08:00:00.000+0000',
  LastModifiedDate: '2025-02-03T08:00:00.000+0000',
};
export const salesApprovers: Row = {
  Id: recordIdOf('00G', 1),
  Name: 'Sales Approvers',
  Type: 'Queue',
  ...created,
};
const everybody: Row = { Id: recordIdOf('00G', 2), Name: 'Everybody', Type: 'Regular', ...created };

export const people = {
  User: [adaUser, graceUser, jonasUser],
  Group: [salesApprovers, everybody],
  GroupMember: [
    { Id: recordIdOf('011', 1), GroupId: salesApprovers.Id, UserOrGroupId: adaUser.Id, ...created },
    { Id: recordIdOf('011', 2), GroupId: everybody.Id, UserOrGroupId: adaUser.Id, ...created },
    { Id: recordIdOf('011', 3), GroupId: everybody.Id, UserOrGroupId: graceUser.Id, ...created },
  ],
};
