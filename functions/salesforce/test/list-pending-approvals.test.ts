import { describe, expect, test } from 'vitest';
import { everyPage } from '../../../test/support/every-page.ts';
import { testRefusals } from '../../../test/support/test-refusals.ts';
import { tool } from '../list-pending-approvals.ts';
import { PendingApproval } from '../shared/work-item.ts';
import { readRefusals, unknownField, withoutChatter } from './refusals.ts';
import { testInvalidChanges } from './test-invalid-inputs.ts';
import { useSalesforce } from './use-salesforce.ts';

const me = { body: { id: '005D0000001GLoh', name: 'Ada Lovelace' } };
const nothing = { body: { totalSize: 0, done: true, records: [] } };

describe(tool.name, () => {
  const salesforce = useSalesforce();

  test('lists what waits for the user and for her queues, newest first', async () => {
    const { status, json } = await salesforce.call(tool);

    expect(status).toBe(200);
    expect(json).toEqual({
      approvals: [
        {
          work_item_id: '04iHB0000000002YAA',
          record_id: '006HB0000000001YAA',
          record_name: 'Repair day on 3 December',
          record_type: 'Opportunity',
          process: 'Discount above 10 %',
          submitted_by: 'Jonas Keller',
          waits_for: 'Sales Approvers',
          waiting_since: '2026-11-19T08:30:00Z',
        },
        {
          work_item_id: '04iHB0000000001YAA',
          record_id: '500HB0000000001YAA',
          record_name: '00001026',
          record_type: 'Case',
          process: 'Refund',
          submitted_by: 'Grace Lindqvist',
          waits_for: 'Ada Okafor',
          waiting_since: '2026-11-18T08:30:00Z',
        },
      ],
      count: 2,
      next_cursor: null,
      omitted: 0,
    });
  });

  test('asks as documented', async () => {
    await salesforce.call(tool);

    expect(salesforce.forwarded()).toEqual([
      'GET /chatter/users/me',
      "GET /query?q=SELECT GroupId FROM GroupMember WHERE UserOrGroupId = '005HB0000000001YAA' AND Group.Type = 'Queue' ORDER BY GroupId LIMIT 100",
      "GET /query?q=SELECT Id, CreatedDate, Actor.Name, ProcessInstance.TargetObjectId, ProcessInstance.TargetObject.Name, ProcessInstance.TargetObject.Type, ProcessInstance.SubmittedBy.Name, ProcessInstance.ProcessDefinition.Name FROM ProcessInstanceWorkitem WHERE ActorId IN ('005HB0000000001YAA','00GHB00000000012AA') ORDER BY CreatedDate DESC, Id DESC",
    ]);
    expect(salesforce.headers().at(-1)).toMatchObject({ 'sforce-query-options': 'batchSize=200' });
  });

  test('another user has other ones', async () => {
    expect((await salesforce.call(tool, {}, 'user_grace')).json).toMatchObject({
      approvals: [{ record_name: 'BL-0001', record_type: 'Bike_Lease__c', submitted_by: 'Ada Okafor' }],
    });
  });

  test('pages to the end', async () => {
    const pages = await everyPage((input) => salesforce.call(tool, input), 'approvals', { max_results: 1 });

    expect(pages.map(([approval]) => PendingApproval.parse(approval).work_item_id)).toEqual([
      '04iHB0000000002YAA',
      '04iHB0000000001YAA',
    ]);
  });

  test('follows the pages of Salesforce without asking again who the user is', async () => {
    const page = (number: number, nextRecordsUrl?: string) => ({
      body: {
        totalSize: 2,
        done: !nextRecordsUrl,
        records: [{ Id: `04iD0000000Cw6${number}` }],
        nextRecordsUrl,
      },
    });
    const first = page(1, '/services/data/v68.0/query/01gD0000002HU6KIAW-200');

    const { json } = await salesforce.answering(tool, {}, me, nothing, first);
    const cursor = tool.output.parse(json).next_cursor;
    const { json: second, requests } = await salesforce.answering(tool, { cursor }, page(2));

    expect(second).toMatchObject({ approvals: [{ work_item_id: '04iD0000000Cw62' }], next_cursor: null });
    expect(requests.slice(3).map(({ url }) => url)).toEqual(['/query/01gD0000002HU6KIAW-200']);
  });

  test('gives nothing where nothing waits', async () => {
    const { json } = await salesforce.answering(tool, {}, me, nothing);

    expect(json).toEqual({ approvals: [], count: 0, next_cursor: null, omitted: 0 });
  });

  test('what the account may not see is null', async () => {
    const records = [
      { Id: '04iD0000000Cw6S' },
      {
        Id: '04iD0000000Cw6T',
        CreatedDate: null,
        Actor: null,
        ProcessInstance: { TargetObject: null, SubmittedBy: {} },
      },
    ];

    const { json } = await salesforce.answering(tool, {}, me, nothing, {
      body: { totalSize: 2, done: true, records },
    });

    const unknown = {
      record_id: null,
      record_name: null,
      record_type: null,
      process: null,
      submitted_by: null,
      waits_for: null,
      waiting_since: null,
    };
    expect(json).toMatchObject({
      approvals: [
        { work_item_id: '04iD0000000Cw6S', ...unknown },
        { work_item_id: '04iD0000000Cw6T', ...unknown },
      ],
    });
  });

  test('an answer that is no page of work items is told as such', async () => {
    const { error } = await salesforce.answering(tool, {}, me, nothing, {
      body: { records: [{ Id: null }] },
    });

    expect(error?.code).toBe('invalid_provider_response');
  });

  test('an ID with a quotation mark does not end its literal', async () => {
    const odd = { body: { id: "005' OR Id != null", name: 'x' } };

    const { requests } = await salesforce.answering(tool, {}, odd, nothing);

    const queries = requests
      .slice(1)
      .map(({ url }) => new URL(url ?? '', 'http://salesforce.example').searchParams.get('q'));
    expect(queries[0]).toContain("UserOrGroupId = '005\\' OR Id != null' AND");
    expect(queries[1]).toContain("ActorId IN ('005\\' OR Id != null') ORDER");
  });
});

testRefusals(tool, {}, { ...readRefusals, ...unknownField, ...withoutChatter });
testInvalidChanges(tool, {}, [['max_results', { max_results: 0 }]]);
