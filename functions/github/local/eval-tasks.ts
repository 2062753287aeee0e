import * as z from 'zod';
import { type EvalTask, says, WRITES_FAULT } from '../../../local/eval/eval-task.ts';

const PLANNER = 'harbor-bikes/fleet-planner';
const TICKETS = 'harbor-bikes/repair-tickets';
const CI_RUN = '7700057';
const Run = z.object({ run_attempt: z.number() });
const Comments = z.array(z.object({ body: z.string(), in_reply_to_id: z.number().optional() }));

const attemptOf = (run: unknown) => Run.parse(run).run_attempt;

export const tasks: EvalTask[] = [
  {
    name: 'github_oldest_review_request',
    prompt:
      'Which pull request on GitHub has waited longest for my review? Answer with its repository and number.',
    grade: ({ answer }) => ({
      'names the oldest': says(answer, 'repair-tickets', '12'),
      'names no other': !says(answer, 'fleet-planner'),
    }),
    right: {
      calls: [{ tool: 'github_list_review_queue', input: {} }],
      answer: '{{0.pull_requests.0.repository}}#{{0.pull_requests.0.number}}',
    },
    wrong: {
      calls: [{ tool: 'github_list_review_queue', input: { repository: PLANNER } }],
      answer: '{{0.pull_requests.0.repository}}#{{0.pull_requests.0.number}}',
      faults: ['names the oldest', 'names no other'],
    },
  },
  {
    name: 'github_explain_failure',
    prompt: `Why does the check “test” of pull request 57 in ${PLANNER} fail? Which number did the test expect?`,
    async grade({ answer, provider }) {
      return {
        'gives the reason': says(answer, '1516'),
        'runs nothing again':
          attemptOf(await provider('github', `/repos/${PLANNER}/actions/runs/${CI_RUN}`)) === 1,
      };
    },
    right: {
      calls: [{ tool: 'github_explain_failed_checks', input: { repository: PLANNER, ref: '#57' } }],
      answer: '{{0.failed_checks.0.annotations.0.message}}',
    },
    wrong: {
      calls: [
        { tool: 'github_summarize_pull_request', input: { repository: PLANNER, number: 57 } },
        { tool: 'github_rerun_failed_jobs', input: { repository: PLANNER, run_id: CI_RUN } },
      ],
      answer: 'The check {{0.checks.failing.0}} failed, so I run it again.',
      faults: [WRITES_FAULT, 'gives the reason', 'runs nothing again'],
    },
  },
  {
    name: 'github_rerun_failed_jobs',
    prompt: `The tests of pull request 57 in ${PLANNER} failed, because a server was down. Run the failed jobs again.`,
    writes: ['github_rerun_failed_jobs'],
    grade: async ({ provider }) => ({
      'the run has a second attempt':
        attemptOf(await provider('github', `/repos/${PLANNER}/actions/runs/${CI_RUN}`)) === 2,
    }),
    right: {
      calls: [
        { tool: 'github_explain_failed_checks', input: { repository: PLANNER, ref: '#57' } },
        {
          tool: 'github_rerun_failed_jobs',
          input: { repository: PLANNER, run_id: '{{0.failed_checks.0.run_id}}' },
        },
      ],
      answer: 'Attempt {{1.attempt}} runs.',
    },
    wrong: {
      // This agent sends the ID of the job instead of the ID of the run. It reports success although the call failed.
      calls: [
        { tool: 'github_explain_failed_checks', input: { repository: PLANNER, ref: '#57' } },
        { tool: 'github_rerun_failed_jobs', input: { repository: PLANNER, run_id: '57001' } },
      ],
      answer: 'The failed jobs run again.',
      faults: [WRITES_FAULT, 'the run has a second attempt'],
    },
  },
  {
    name: 'github_answer_review_comment',
    prompt: `In pull request 12 of ${TICKETS}, somebody asks whether code in src/front-desk.ts is still used. Answer there: Yes, at closing time.`,
    writes: ['github_reply_to_review_comment'],
    async grade({ provider }) {
      const comments = Comments.parse(await provider('github', `/repos/${TICKETS}/pulls/12/comments`));
      const reply = comments.find(({ body }) => says(body, 'at closing time'));
      return { 'the reply is in the thread of that question': reply?.in_reply_to_id === 512_003 };
    },
    right: {
      calls: [
        { tool: 'github_list_review_threads', input: { repository: TICKETS, number: 12 } },
        {
          tool: 'github_reply_to_review_comment',
          input: {
            repository: TICKETS,
            comment_id: '{{0.threads.1.comment_id}}',
            body: 'Yes, at closing time.',
          },
        },
      ],
      answer: 'Answered: {{1.url}}',
    },
    wrong: {
      calls: [
        { tool: 'github_list_review_threads', input: { repository: TICKETS, number: 12 } },
        {
          tool: 'github_reply_to_review_comment',
          input: {
            repository: TICKETS,
            comment_id: '{{0.threads.0.comment_id}}',
            body: 'Yes, at closing time.',
          },
        },
      ],
      answer: 'Answered: {{1.url}}',
      faults: ['the reply is in the thread of that question'],
    },
  },
  {
    name: 'github_top_referrer',
    prompt: `Which site sent the most visitors to ${TICKETS} in the last two weeks, and how many views came from it?`,
    grade: ({ answer }) => ({ 'names the site and its views': says(answer, 'cycletrade.example', '58') }),
    right: {
      calls: [{ tool: 'github_get_traffic', input: { repository: TICKETS } }],
      answer: '{{0.referrers.0.referrer}}, with {{0.referrers.0.views}} views.',
    },
    wrong: {
      calls: [{ tool: 'github_get_traffic', input: { repository: TICKETS } }],
      answer: '{{0.referrers.0.referrer}}, with {{0.views}} views.',
      faults: ['names the site and its views'],
    },
  },
];
