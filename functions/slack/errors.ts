import type { ProviderErrorRule, ProviderErrors } from 'scalekit-lambda-tools';
import * as z from 'zod';

const SlackError = z.object({ ok: z.literal(false), error: z.string() });

const credentials: ProviderErrorRule = { code: 'credentials_refused' };
const notFound = (message: string): ProviderErrorRule => ({ code: 'not_found', message });
const denied = (message: string): ProviderErrorRule => ({ code: 'permission_denied', message });
const conflict = (message: string): ProviderErrorRule => ({ code: 'conflict', message });
const refused = (message: string): ProviderErrorRule => ({ code: 'rejected_by_provider', message });

const byAdministrator = denied(
  'The workspace does not let this account or app in. Ask a workspace administrator.',
);
const readOnly = denied(
  'This channel does not let the account post there. Choose another one, or ask its manager.',
);

/** Slack tells almost every failure with status 200: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
export const slackErrors: ProviderErrors = {
  reason: ({ body }) => SlackError.safeParse(body).data?.error,
  rules: {
    not_authed: credentials,
    invalid_auth: credentials,
    token_expired: credentials,
    token_revoked: credentials,
    account_inactive: credentials,
    missing_scope: { code: 'permission_denied', missingScope: true },
    no_permission: denied('The account may not do this in Slack. Ask a workspace administrator.'),
    not_allowed_token_type: denied(
      'Slack does not allow this with the kind of token that the account was connected with.',
    ),
    ekm_access_denied: denied('An administrator of the workspace has suspended access.'),
    access_denied: byAdministrator,
    accesslimited: byAdministrator,
    app_access_restricted: byAdministrator,
    enterprise_is_restricted: byAdministrator,
    messages_tab_disabled: byAdministrator,
    org_login_required: byAdministrator,
    team_access_not_granted: byAdministrator,
    team_added_to_org: byAdministrator,
    two_factor_setup_required: byAdministrator,
    restricted_action: denied(
      'A workspace setting keeps the account from posting. Ask a workspace administrator.',
    ),
    restricted_action_read_only_channel: readOnly,
    restricted_action_thread_locked: readOnly,
    restricted_action_non_threadable_channel: readOnly,
    restricted_action_thread_only_channel: readOnly,
    not_in_channel: denied(
      'The account is not in this channel. Ask the user to join it, or choose another one.',
    ),
    channel_not_found: notFound(
      'Slack has no such channel, or the account cannot see it. Use a channel ID such as C024BE91L.',
    ),
    user_not_found: notFound('Slack has no such user. Use a user ID such as U024BE91L.'),
    users_not_found: notFound('Slack has no user with this e-mail address.'),
    message_not_found: notFound('Slack has no message with this timestamp in the channel.'),
    thread_not_found: notFound('Slack has no thread with this timestamp in the channel.'),
    is_archived: conflict('The channel is archived. Choose another one.'),
    cannot_reply_to_message: conflict('This message cannot have replies. Post without thread_ts.'),
    msg_too_long: refused('The text is too long for Slack. Shorten it.'),
    no_text: refused('The text is empty after Slack removed its formatting. Write something else.'),
    ratelimited: { code: 'rate_limited' },
    rate_limited: { code: 'rate_limited' },
    message_limit_exceeded: { code: 'rate_limited' },
    internal_error: { code: 'provider_unavailable' },
    fatal_error: { code: 'provider_unavailable' },
    service_unavailable: { code: 'provider_unavailable' },
    request_timeout: { code: 'provider_unavailable' },
  },
};
