import { expect, test } from 'vitest';
import { projectTools } from '../support/project-tools.ts';

// Before it calls one of these tools, a client must ask the user: the call cannot be undone, reaches people outside
// the company, or notifies people at once. A fork decides this for its own tools.
const CONFIRMED = [
  'github_reply_to_review_comment',
  'github_rerun_failed_jobs',
  'hubspot_book_meeting',
  'hubspot_set_subscription_status',
  'salesforce_decide_approval',
  'salesforce_submit_for_approval',
  'salesforce_upsert_by_external_id',
  'slack_schedule_message',
  'slack_send_message',
  'slack_update_canvas',
];

test.each(projectTools.filter(({ name, effect }) => effect === 'delete' || CONFIRMED.includes(name)))(
  '$name requires that the user confirms each call',
  ({ confirm }) => {
    expect(confirm).toBe(true);
  },
);
