import * as z from 'zod';
import { type Caller, flag, type Method, method, SlackError, wholeNumber } from './method.ts';
import { pageOf } from './page.ts';
import type { Member } from './workspace.ts';

export const users: Record<string, Method> = {
  'auth.test': method({}, [], (_given, { workspace: { team }, member }) => ({
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: member.handle,
    team_id: team.id,
    user_id: member.id,
  })),

  'users.list': method(
    { limit: wholeNumber.min(0).max(1_000).default(0), cursor: z.string().optional() },
    ['users:read'],
    ({ limit, cursor }, caller) => {
      const { members } = caller.workspace;
      const paging = { cursor, limit: limit || members.length };
      const { items, response_metadata } = pageOf(members, 'user', ({ id }) => id, paging);
      return { members: items.map((member) => memberBody(member, caller)), cache_ts: 0, response_metadata };
    },
  ),

  'users.info': method({ user: z.string() }, ['users:read'], ({ user }, caller) => ({
    user: memberBody(
      found(caller, 'user_not_found', ({ id }) => id === user),
      caller,
    ),
  })),

  // https://docs.slack.dev/reference/methods/bots.info
  'bots.info': method({ bot: z.string() }, ['users:read'], ({ bot: id }, { workspace }) => {
    const bot = workspace.bots.find((candidate) => candidate.id === id);
    if (!bot) throw new SlackError('bot_not_found');
    return { bot: { ...bot, deleted: false, updated: 1_793_000_000, app_id: id.replace('B', 'A') } };
  }),

  // https://docs.slack.dev/reference/methods/usergroups.list
  'usergroups.list': method(
    { include_disabled: flag.default(false) },
    ['usergroups:read'],
    (_given, { workspace: { team } }) => ({
      usergroups: [
        { id: 'S0HARBORMEC', team_id: team.id, is_usergroup: true, name: 'Mechanics', handle: 'mechanics' },
      ],
    }),
  ),

  'users.lookupByEmail': method({ email: z.string() }, ['users:read.email'], ({ email }, caller) => {
    const hasAddress = (member: Member) => member.email === email.toLowerCase() && !member.isDeleted;
    return { user: memberBody(found(caller, 'users_not_found', hasAddress), caller) };
  }),
};

function found({ workspace }: Caller, error: string, isWanted: (member: Member) => boolean): Member {
  const member = workspace.members.find(isWanted);
  if (!member) throw new SlackError(error);
  return member;
}

function memberBody(member: Member, { workspace: { team }, scopes }: Caller) {
  const { id, handle, name, title, email, isAdmin, isBot, isDeleted } = member;
  return {
    id,
    team_id: team.id,
    name: handle,
    deleted: isDeleted,
    // Slack returns the name of a deactivated account only in `profile`, and no time zone.
    ...(!isDeleted && {
      real_name: name,
      tz: 'Europe/Lisbon',
      tz_label: 'Western European Time',
      tz_offset: 0,
    }),
    profile: {
      title,
      real_name: name,
      real_name_normalized: name,
      display_name: handle,
      display_name_normalized: handle,
      status_text: '',
      status_emoji: '',
      ...(email !== null && scopes.includes('users:read.email') && { email }),
      team: team.id,
    },
    is_admin: isAdmin,
    is_owner: isAdmin,
    is_bot: isBot,
    is_app_user: false,
    updated: 1_793_000_000,
  };
}
