/** Inputs that every tool rejects. */
export const INVALID_ANYWHERE = {
  'unknown keys': [{ as_user: true, identifier: 'user_grace' }, ['as_user', 'identifier']],
} as const;
export const INVALID_CHANNELS = {
  'words for a channel': [{ channel: 'the sales channel' }, ['channel']],
  'a person for a channel': [{ channel: 'U024BE7LH' }, ['channel']],
  'the link of a file for a channel': [
    { channel: 'https://example.slack.com/files/U024BE7LH/F07QWERTY/plan.pdf' },
    ['channel'],
  ],
  'no channel': [{ channel: null }, ['channel']],
  'a channel with a path': [{ channel: 'C024BE91L/../users.info' }, ['channel']],
} as const;
