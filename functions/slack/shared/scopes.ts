/** Reads every kind of conversation, the names of people, and the channels by which a name is looked up. */
export const READ_SCOPES = [
  'channels:history',
  'groups:history',
  'im:history',
  'mpim:history',
  'channels:read',
  'groups:read',
  'users:read',
];
