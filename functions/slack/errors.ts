import {
  errorRules,
  type FaultPattern,
  faultsInText,
  lenientList,
  type ProviderErrors,
  type ProviderFault,
} from 'scalekit-lambda-tools';
import * as z from 'zod';

const SlackError = z.object({ ok: z.literal(false), error: z.string() });
const Explained = z.object({
  ok: z.literal(false),
  response_metadata: z.object({ messages: lenientList(z.string()) }),
});

const CanvasFault = z.object({
  ok: z.literal(false),
  error: z.enum(['canvas_creation_failed', 'canvas_editing_failed']),
  detail: z.string(),
});
const CANVAS_LINE = /^'content' error: line (\d{1,6}): (.{1,200})/;
// Slack's message names the rejected block in its own words, such as List.
const BLOCK_WITHIN = /^Unsupported block type \(([A-Za-z ]{1,30})\) within ([a-z ]{1,30})$/;
const UNSUPPORTED = /^Unsupported ([a-z ]{1,30})$/;

// The message contains a JSON pointer to the wrong part of the blocks, or of another argument.
const FAULTS_IN_TEXT: readonly FaultPattern[] = [
  [/^\[ERROR\] missing required field: (\w{1,80})/, 'missing'],
  [/^\[ERROR\] invalid required field: (\w{1,80})/, 'invalid'],
  [/ than \d{1,9} (?:characters|items)\b.{0,40}\[json-pointer:\/(\w{1,80})/, 'too_long'],
  [/\[json-pointer:\/(\w{1,80})/, 'invalid'],
];

/** Slack reports almost all errors with status 200: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
export const slackErrors: ProviderErrors = {
  reason: ({ body }) => SlackError.safeParse(body).data?.error,

  // This page describes the messages of the error invalid_arguments:
  // https://docs.slack.dev/reference/methods/chat.postMessage#errors
  faults: ({ body }) => [
    ...(Explained.safeParse(body).data?.response_metadata.messages ?? []).flatMap((message) =>
      faultsInText(message, FAULTS_IN_TEXT),
    ),
    ...canvasFaults(body),
  ],

  rules: errorRules([
    // Errors of the account
    [
      'credentials_refused',
      [
        'account_inactive',
        'bad_token',
        'invalid_auth',
        'invalid_token',
        'not_authed',
        'token_expired',
        'token_revoked',
      ],
    ],
    ['scope_missing', ['missing_scope']],
    [
      'permission_denied',
      ['no_permission', 'no_access', 'send_on_behalf_not_allowed'],
      'The account may not do this in Slack. Ask a workspace administrator.',
    ],
    [
      'permission_denied',
      ['is_bot', 'metadata_must_be_sent_from_app', 'not_allowed_token_type'],
      'Slack does not allow this with the kind of token that the account was connected with.',
    ],
    ['permission_denied', ['ekm_access_denied'], 'An administrator of the workspace has suspended access.'],
    [
      'permission_denied',
      [
        'access_denied',
        'accesslimited',
        'app_access_restricted',
        'enterprise_is_restricted',
        'messages_tab_disabled',
        'team_access_not_granted',
        'two_factor_setup_required',
      ],
      'The workspace does not let this account or app in. Ask a workspace administrator.',
    ],
    [
      'permission_denied',
      ['restricted_action'],
      'A workspace setting keeps the account from doing this. Ask a workspace administrator.',
    ],
    [
      'permission_denied',
      ['upgrade_required'],
      'The plan of the workspace does not allow this. Ask a workspace administrator.',
    ],
    [
      'conflict',
      ['org_login_required', 'team_added_to_org'],
      'The workspace is being moved into an Enterprise organisation. Try again when that is over; a workspace administrator knows.',
    ],

    // Errors of channels, threads and messages
    [
      'not_found',
      ['channel_not_found', 'duplicate_channel_not_found', 'team_not_found'],
      'Slack has no such channel, or the account cannot see it. Find its ID with slack_find_channel.',
    ],
    [
      'not_found',
      ['duplicate_message_not_found', 'message_not_found'],
      'Slack has no message with this timestamp in the channel.',
    ],
    ['not_found', ['thread_not_found'], 'Slack has no thread with this timestamp in the channel.'],
    [
      'permission_denied',
      ['channel_is_limited_access', 'not_in_channel'],
      'The account is not in this channel. Ask the user to join it, or choose another one.',
    ],
    [
      'permission_denied',
      [
        'restricted_action_non_threadable_channel',
        'restricted_action_read_only_channel',
        'restricted_action_thread_locked',
        'restricted_action_thread_only_channel',
        'thread_locked',
      ],
      'This channel does not let the account post there. Choose another one, or ask its manager.',
    ],
    [
      'permission_denied',
      [
        'slack_connect_canvas_sharing_blocked',
        'slack_connect_file_link_sharing_blocked',
        'slack_connect_lists_sharing_blocked',
      ],
      'An administrator does not let this be shared with other organisations. Leave it out.',
    ],
    ['conflict', ['is_archived'], 'The channel is archived. Choose another one.'],
    [
      'conflict',
      ['external_channel_migrating'],
      'The channel is being moved between organisations. Try again later.',
    ],
    ['conflict', ['cannot_reply_to_message'], 'This message cannot have replies. Post without thread_ts.'],
    [
      'conflict',
      ['draft_already_deleted', 'draft_already_sent', 'draft_has_conflict', 'draft_not_found'],
      'The draft was sent, changed or deleted meanwhile. Look before another attempt.',
    ],
    [
      'conflict',
      ['restricted_too_many'],
      'Too many messages are scheduled for this channel around that time. Choose another time.',
    ],
    [
      'rejected_by_provider',
      ['attachment_payload_limit_exceeded', 'msg_blocks_too_long', 'msg_too_long'],
      'The text is too long for Slack. Shorten it.',
    ],
    [
      'rejected_by_provider',
      ['no_text'],
      'The text is empty after Slack removed its formatting. Write something else.',
    ],
    [
      'rejected_by_provider',
      ['invalid_time', 'time_in_past', 'time_too_far'],
      'The time must be in the future, and at most 120 days ahead. Choose another one.',
    ],
    [
      'rejected_by_provider',
      ['method_not_supported_for_channel_type'],
      'This kind of conversation does not allow that. Choose another one.',
    ],

    // Errors of people
    [
      'not_found',
      ['user_not_found'],
      'Slack has no such user. Find the ID of the person with slack_find_user.',
    ],
    ['not_found', ['users_not_found'], 'Slack has no user with this e-mail address. Try the name.'],
    [
      'permission_denied',
      ['user_not_visible'],
      'The account may not see this user. Ask a workspace administrator.',
    ],
    ['conflict', ['user_disabled'], 'This user has been deactivated. Choose another one.'],
    [
      'rejected_by_provider',
      ['invalid_user_combination', 'not_enough_users', 'too_many_users', 'users_list_not_supplied'],
      'Slack does not open a conversation of these users. Name others, at least one and at most eight.',
    ],

    // Errors of reactions
    ['conflict', ['already_reacted'], 'The account has reacted with this emoji already.'],
    [
      'not_found',
      ['no_reaction'],
      'The account has not reacted with this emoji, so there is nothing to remove.',
    ],
    [
      'conflict',
      ['not_reactable', 'too_many_emoji', 'too_many_reactions'],
      'This takes no more reactions. Choose another message, or an emoji that is there already.',
    ],
    [
      'rejected_by_provider',
      ['invalid_name'],
      'Slack refuses this name. An emoji is named without colons, such as thumbsup.',
    ],

    // Errors of canvases and files
    [
      'not_found',
      ['canvas_deleted', 'canvas_not_found', 'file_comment_not_found', 'file_not_found'],
      'Slack has no such canvas or file, or the account cannot see it. Ask the user for its link.',
    ],
    [
      'permission_denied',
      ['canvas_disabled_user_team'],
      'Canvases are turned off for this account. Ask a workspace administrator.',
    ],
    [
      'permission_denied',
      [
        'free_teams_cannot_create_non_tabbed_canvases',
        'free_teams_cannot_create_standalone_canvases',
        'free_teams_cannot_edit_standalone_canvases',
      ],
      'The free plan of the workspace only allows canvases that belong to a channel. Name a channel.',
    ],
    [
      'conflict',
      ['free_team_canvas_tab_already_exists'],
      'The channel has its canvas already. Edit that one.',
    ],
    [
      'conflict',
      ['canvas_editing_locked'],
      'Somebody else edits the canvas at the moment, and nothing was changed. Try again in a few seconds.',
    ],
    [
      'rejected_by_provider',
      ['canvas_too_large'],
      'The canvas would become too large. Write less, or into another canvas.',
    ],
    [
      'rejected_by_provider',
      ['canvas_creation_failed', 'canvas_editing_failed'],
      'Slack could not write the canvas. Correct the Markdown as details say, or write it in smaller parts.',
    ],

    // Errors of single values
    [
      'rejected_by_provider',
      ['invalid_cursor'],
      'This page of the list is no longer there. Begin the list again, without cursor.',
    ],
    [
      'rejected_by_provider',
      ['bad_timestamp', 'invalid_ts_latest', 'invalid_ts_oldest'],
      'A timestamp is malformed. Pass it in quotes as slack_catch_up_channel returned it, or pass the link of the message.',
    ],
    [
      'rejected_by_provider',
      [
        'as_user_not_supported',
        'invalid_arg_name',
        'invalid_arguments',
        'invalid_array_arg',
        'invalid_attachments',
        'invalid_blocks',
        'invalid_blocks_format',
        'invalid_charset',
        'invalid_form_data',
        'invalid_json',
        'invalid_limit',
        'invalid_metadata_filter_keys',
        'invalid_metadata_format',
        'invalid_metadata_schema',
        'invalid_post_type',
        'invalid_types',
        'json_not_object',
        'limit_required',
        'markdown_text_conflict',
        'metadata_too_large',
        'missing_argument',
        'missing_file_data',
        'missing_post_type',
        'no_item_specified',
        'no_query',
        'too_many_attachments',
        'too_many_contact_cards',
      ],
    ],

    // Errors of Slack itself. For a 429 response without one of these names, the status decides.
    ['rate_limited', ['message_limit_exceeded', 'rate_limited', 'ratelimited']],
    [
      'not_configured',
      ['deprecated_endpoint', 'method_deprecated', 'unknown_method'],
      'Slack no longer offers what this tool calls. Report this to the operator of the tool.',
    ],
    // The call may have succeeded although Slack reports one of these errors.
    [
      'provider_unavailable',
      [
        'fatal_error',
        'fetch_members_failed',
        'internal_error',
        'list_record_comment_fetch_failed',
        'request_timeout',
        'service_unavailable',
      ],
    ],
  ]),
};

/**
 * Returns the line of Markdown that Slack rejects, and the reason.
 * https://docs.slack.dev/reference/methods/canvases.edit#errors
 */
function canvasFaults(body: unknown): ProviderFault[] {
  const [, line, reason = ''] = CANVAS_LINE.exec(CanvasFault.safeParse(body).data?.detail ?? '') ?? [];
  if (line === undefined) return [];
  const [, inner, outer] = BLOCK_WITHIN.exec(reason) ?? [];
  const [, unsupported] = UNSUPPORTED.exec(reason) ?? [];
  const why = inner
    ? `a canvas takes no ${inner.toLowerCase()} within a ${outer}`
    : `a canvas does not take this ${unsupported ?? 'Markdown'}`;
  return [{ field: 'markdown', fault: 'invalid', issue: `line ${line}: ${why}` }];
}
