import type { Access } from './access.ts';
import { API } from './api.ts';
import { rowOf } from './organisation.ts';

/** The user as Chatter tells it. */
export function currentUser({ organisation, userId }: Access) {
  const user = rowOf(organisation, 'User', userId);
  const [firstName = '', lastName = ''] = String(user?.Name).split(' ');
  return {
    id: userId,
    name: user?.Name,
    displayName: user?.Name,
    username: user?.Username,
    email: user?.Email,
    firstName,
    lastName,
    title: user?.Title,
    companyName: 'Harbor Bikes',
    department: user?.Department,
    managerId: user?.ManagerId,
    userType: 'Internal',
    isActive: true,
    isInThisCommunity: true,
    photo: { smallPhotoUrl: `https://harborbikes.my.salesforce.example/profilephoto/${userId}/T` },
    address: null,
    phoneNumbers: [],
    url: `${API}/chatter/users/${userId}`,
    type: 'User',
    thanksReceived: null,
    chatterActivity: null,
  };
}
