/** A value that is valid for every account, or a field of another tool's output that has another name. */
export type KnownInput = { value: unknown } | { from: string; key: string };

// Every Salesforce organisation has the object User, with a record for the user of the account.
const OWN_USER = { object: { value: 'User' } };
const OWN_ID = { from: 'salesforce_get_current_user', key: 'id' };

/**
 * Inputs that cannot be found by the description or the name of their field. The keys are the tool and the
 * field.
 */
export const KNOWN_INPUTS: Readonly<Record<string, Readonly<Record<string, KnownInput>>>> = {
  // GitHub returns release notes for any tag, even if the tag does not exist.
  github_draft_release_notes: { tag: { value: 'v0.0.0' } },
  github_explain_failed_checks: { ref: { from: 'github_summarize_pull_request', key: 'head_sha' } },
  salesforce_describe_fields: OWN_USER,
  salesforce_get_by_external_id: {
    ...OWN_USER,
    external_id_field: { value: 'Id' },
    external_id: OWN_ID,
    fields: { value: ['Name', 'Email'] },
  },
  salesforce_list_related_records: {
    ...OWN_USER,
    record_id: OWN_ID,
    relationship: { value: 'UserRole' },
    fields: { value: ['Name'] },
  },
  slack_find_channel: { query: { from: 'slack_list_mentions', key: 'channel_name' } },
  slack_find_messages: { author: { value: 'me' } },
  slack_find_user: { query: { from: 'slack_list_mentions', key: 'author' } },
};
