import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import { salesforce } from './connector.ts';
import { approverIds } from './shared/approver-ids.ts';
import { PAGE_HEADERS, PAGE_SIZE_LEAST, queryPage } from './shared/query-page.ts';
import { PendingApproval, pendingApproval, WorkItem, workItemsOf } from './shared/work-item.ts';

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_list_pending_approvals',
  effect: 'read',
  scopes: ['api'],
  description:
    'Lists the Salesforce approval requests that wait for the user or a queue of theirs, newest first, with the work item IDs that salesforce_decide_approval takes.',
  list: { key: 'approvals', item: PendingApproval, default: 20, maximum: PAGE_SIZE_LEAST },
  examples: [
    {
      input: {},
      output: {
        approvals: [
          {
            work_item_id: '04iD0000000Cw6SIAS',
            record_id: '001D000000I8mImIAJ',
            record_name: 'Acme',
            record_type: 'Account',
            process: 'Account Approval Process',
            submitted_by: 'Grace Hopper',
            waits_for: 'Ada Lovelace',
            waiting_since: '2026-11-20T09:00:00Z',
          },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ page }, { api }) {
    const options = { headers: PAGE_HEADERS, response: queryPage(WorkItem) };
    const { body } = page.cursor
      ? // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm
        await api.get(path`/query/${page.cursor}`, options)
      : // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_processinstanceworkitem.htm
        await api.get(path`/query`, { ...options, query: { q: workItemsOf(await approverIds(api)) } });
    return { items: body.records.map(pendingApproval), next: body.next };
  },
});

export const handler = createHandler(tool);
