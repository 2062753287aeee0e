import type { LocalExamples } from '../../../local/providers/local-provider.ts';

const repository = 'harbor-bikes/fleet-planner';

export const examples: LocalExamples = {
  github_draft_release_notes: { repository, tag: 'v1.2.0', previous_tag: 'v1.1.0' },
  github_explain_failed_checks: { repository, ref: 'feature/child-seats' },
  github_get_contributor_stats: { repository },
  github_get_traffic: { repository },
  github_list_review_queue: { repository },
  github_list_review_threads: { repository: 'harbor-bikes/workshop-calendar', number: 31 },
  github_reply_to_review_comment: {
    repository: 'harbor-bikes/repair-tickets',
    comment_id: '512001',
    body: 'Good point, done.',
  },
  github_rerun_failed_jobs: { repository, run_id: '7700057' },
  github_summarize_pull_request: { repository, number: 57 },
};
