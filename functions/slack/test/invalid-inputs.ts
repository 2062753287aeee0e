/** What no tool takes. */
export const INVALID_ANYWHERE = {
  'unknown keys': [{ as_user: true, identifier: 'user_grace' }, ['as_user', 'identifier']],
} as const;
export const INVALID_CHANNELS = {
  'a name for a channel': [{ channel: 'general' }, ['channel']],
  'no channel': [{ channel: null }, ['channel']],
  'a channel with a path': [{ channel: 'C024BE91L/../users.info' }, ['channel']],
} as const;
