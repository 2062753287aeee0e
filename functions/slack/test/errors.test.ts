import { describe, expect, test } from 'vitest';
import { answer, testHostileAnswers, verdictOf } from '../../../test/support/provider-answers.ts';
import { slackErrors } from '../errors.ts';

const failed = (error: string, more: object = {}) => answer(200, { ok: false, error, ...more });

// The documented errors of each method, and the errors that all methods have.
const NAMES_BY_CODE = {
  credentials_refused:
    'invalid_auth not_authed token_expired token_revoked account_inactive bad_token invalid_token',
  permission_denied: `no_permission not_allowed_token_type access_denied accesslimited ekm_access_denied
    enterprise_is_restricted is_bot two_factor_setup_required app_access_restricted messages_tab_disabled
    team_access_not_granted upgrade_required restricted_action restricted_action_read_only_channel
    restricted_action_thread_locked restricted_action_non_threadable_channel restricted_action_thread_only_channel
    thread_locked not_in_channel channel_is_limited_access no_access user_not_visible send_on_behalf_not_allowed
    metadata_must_be_sent_from_app canvas_disabled_user_team free_teams_cannot_create_non_tabbed_canvases
    free_teams_cannot_create_standalone_canvases free_teams_cannot_edit_standalone_canvases
    slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked
    slack_connect_lists_sharing_blocked`,
  not_found: `channel_not_found user_not_found users_not_found message_not_found thread_not_found file_not_found
    file_comment_not_found canvas_not_found canvas_deleted team_not_found duplicate_channel_not_found
    duplicate_message_not_found no_reaction`,
  conflict: `is_archived cannot_reply_to_message already_reacted too_many_emoji too_many_reactions not_reactable
    external_channel_migrating user_disabled restricted_too_many canvas_editing_locked
    free_team_canvas_tab_already_exists draft_already_deleted draft_already_sent draft_has_conflict draft_not_found
    org_login_required team_added_to_org`,
  rejected_by_provider: `invalid_arguments missing_argument invalid_arg_name invalid_array_arg invalid_charset
    invalid_form_data invalid_post_type missing_post_type invalid_json json_not_object invalid_blocks
    invalid_blocks_format invalid_attachments invalid_cursor invalid_limit limit_required invalid_types
    invalid_ts_latest invalid_ts_oldest bad_timestamp invalid_time time_in_past time_too_far invalid_name
    no_item_specified no_query no_text msg_too_long msg_blocks_too_long attachment_payload_limit_exceeded
    too_many_attachments too_many_contact_cards markdown_text_conflict as_user_not_supported missing_file_data
    invalid_metadata_filter_keys invalid_metadata_format invalid_metadata_schema metadata_too_large
    method_not_supported_for_channel_type invalid_user_combination not_enough_users too_many_users
    users_list_not_supplied canvas_too_large canvas_creation_failed canvas_editing_failed`,
  rate_limited: 'ratelimited rate_limited message_limit_exceeded',
  not_configured: 'unknown_method method_deprecated deprecated_endpoint',
  provider_unavailable: `internal_error fatal_error service_unavailable request_timeout fetch_members_failed
    list_record_comment_fetch_failed`,
};
const cases = Object.entries(NAMES_BY_CODE).flatMap(([code, names]) =>
  names.split(/\s+/).map((name) => [name, code] as const),
);

describe('the error table', () => {
  test.each(cases)('classifies the error %s as %s', (name, code) => {
    expect(verdictOf(failed(name), slackErrors)).toBe(`${code}, recognised`);
  });

  test('has a test case for every rule', () => {
    expect([...cases.map(([name]) => name), 'missing_scope'].sort()).toEqual(
      Object.keys(slackErrors.rules).sort(),
    );
  });

  test.each([
    [
      'a missing scope',
      failed('missing_scope', { needed: 'canvases:write', provided: 'chat:write' }),
      'scope_missing, recognised',
    ],
    [
      'a rate limit',
      answer(429, { ok: false, error: 'ratelimited' }, { 'retry-after': '30' }),
      'rate_limited, recognised',
    ],
    ['a rate limit without a body', answer(429, undefined, { 'retry-after': '30' }), 'rate_limited'],
    ['an unknown error name', failed('brand_new'), 'rejected_by_provider'],
    ['an error without a body', answer(503, '<html>'), undefined],
    [
      'a successful response with an error name',
      answer(200, { ok: true, error: 'ratelimited', warning: 'missing_charset' }),
      undefined,
    ],
  ])('returns “$2” for %s', (_, given, verdict) => {
    expect(verdictOf(given, slackErrors)).toBe(verdict);
  });
});

describe('the list of rejected fields', () => {
  const explained = (...messages: unknown[]) =>
    failed('invalid_arguments', { response_metadata: { messages } });

  test.each([
    [
      'a missing field',
      explained('[ERROR] missing required field: channel'),
      [{ field: 'channel', fault: 'missing' }],
    ],
    [
      'a wrong field',
      explained('[ERROR] invalid required field: user'),
      [{ field: 'user', fault: 'invalid' }],
    ],
    [
      'a text that is too long',
      explained('[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'),
      [{ field: 'blocks', fault: 'too_long' }],
    ],
    [
      'a list that is too long',
      explained('[ERROR] no more than 50 items allowed [json-pointer:/blocks]'),
      [{ field: 'blocks', fault: 'too_long' }],
    ],
    [
      'a malformed field',
      explained('[ERROR] must match regex pattern: ^[CDG][A-Z0-9]{8,}$ [json-pointer:/channel]'),
      [{ field: 'channel', fault: 'invalid' }],
    ],
    [
      'a tree that is too deep',
      explained('[ERROR] no more than 10 levels [json-pointer:/blocks]'),
      [{ field: 'blocks', fault: 'invalid' }],
    ],
    [
      'a number that is too large',
      explained('[ERROR] must be less than 1001 [json-pointer:/limit]'),
      [{ field: 'limit', fault: 'invalid' }],
    ],
    [
      'several fields',
      explained('[ERROR] missing required field: name', '[ERROR] missing required field: timestamp'),
      [
        { field: 'name', fault: 'missing' },
        { field: 'timestamp', fault: 'missing' },
      ],
    ],
    [
      'a warning (the list is empty)',
      explained('[WARN] A Content-Type HTTP header was presented but did not declare a charset'),
      [],
    ],
    [
      'a message of 5 MB (the list is empty)',
      explained(`[ERROR] missing required field: ${' '.repeat(5_000_000)}`),
      [],
    ],
    ['no explanation (the list is empty)', failed('invalid_arguments'), []],
    [
      '“ok: true” (the list is empty)',
      answer(200, { ok: true, response_metadata: { messages: ['[ERROR] missing required field: channel'] } }),
      [],
    ],
    [
      'explanations of wrong types',
      explained(null, 7, {}, '[ERROR] missing required field: ts'),
      [{ field: 'ts', fault: 'missing' }],
    ],
  ])('is correct for a response with %s', (_, given, faults) => {
    expect(slackErrors.faults?.(given)).toEqual(faults);
  });

  test.each([
    // https://docs.slack.dev/reference/methods/canvases.edit#errors
    [
      "'content' error: line 28: Unsupported block type (List) within block quote",
      'line 28: a canvas takes no list within a block quote',
    ],
    // https://github.com/slackapi/python-slack-sdk/issues/1720
    ["'content' error: line 19: Unsupported table type", 'line 19: a canvas does not take this table type'],
    ["'content' error: line 3: <b>Call xoxb-1</b>", 'line 3: a canvas does not take this Markdown'],
  ])('contains the line number from an error about a canvas: %j', (detail, issue) => {
    const [fault] = slackErrors.faults?.(failed('canvas_editing_failed', { detail })) ?? [];

    expect(fault).toEqual({ field: 'markdown', fault: 'invalid', issue });
  });

  test.each([
    [
      'a detail without a line number',
      failed('canvas_editing_failed', { detail: 'section_id was not found' }),
    ],
    [
      'an error that is not about a canvas',
      failed('internal_error', { detail: "'content' error: line 1: Unsupported table type" }),
    ],
    ['a malformed detail', failed('canvas_editing_failed', { detail: { line: 1 } })],
  ])('is empty for %s', (_, given) => {
    expect(slackErrors.faults?.(given)).toEqual([]);
  });

  test('contains at most the first 20 fields', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `[ERROR] missing required field: f${index}`);

    expect(slackErrors.faults?.(explained(...many)).map(({ field }) => field)).toEqual(
      Array.from({ length: 20 }, (_, index) => `f${index}`),
    );
  });
});

testHostileAnswers(slackErrors);
