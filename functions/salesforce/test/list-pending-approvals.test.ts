import { describe, expect, test } from 'vitest';
import { dayAt } from '../../../local/providers/story-time.ts';
import type { ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';
import { everyPage } from '../../../test/support/every-page.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { ApprovalOutput, tool } from '../list-pending-approvals.ts';
import { documentedPage, documentedResources } from './documented.ts';
import { errorAnswer, readErrors } from './provider-errors.ts';
import { testInvalidChanges } from './test-invalid-inputs.ts';
import { useSalesforce } from './use-salesforce.ts';

const ME = '005D0000001GLohIAG';
const nothing = { totalSize: 0, done: true, records: [] };
const complete = { is_complete: true, missing: [] };

/** Makes Salesforce return only these classic work items, flow work items and records of other objects. */
function withItems({ classic = {}, flow = {}, ...others }: Record<string, ScriptedAnswer | undefined>) {
  return (path: string, soql: string): ScriptedAnswer | undefined => {
    if (path === '/') return { body: documentedResources };
    if (path !== '/query') return undefined;
    const [, object = ''] = / FROM (\w+)/.exec(soql) ?? [];
    const kinds: Record<string, ScriptedAnswer | undefined> = {
      ProcessInstanceWorkitem: classic,
      ApprovalWorkItem: flow,
      ...others,
    };
    return { body: nothing, ...kinds[object] };
  };
}

const workItem = (Id: string, at: string) => ({ Id, CreatedDate: `${at}T08:00:00.000+0000` });

describe(tool.name, () => {
  const salesforce = useSalesforce();

  test("lists classic and flow requests for the user and the user's queues, with the data for a decision", async () => {
    const { status, json } = await salesforce.call(tool);

    expect(status).toBe(200);
    const url = (recordId: string) => `https://harborbikes.my.salesforce.example/${recordId}`;
    expect(json).toEqual({
      approvals: [
        {
          work_item_id: '0aGHB00000000012AA',
          record_id: '006HB0000000002YAA',
          record_name: 'Twelve staff bikes',
          record_type: 'Opportunity',
          amounts: [{ field: 'Amount', value: '10080' }],
          currency: null,
          process: 'Deals above 10,000',
          submitted_by: 'Jonas Keller',
          waits_for: 'Ada Okafor',
          waiting_since: `${dayAt(-1)}T08:30:00Z`,
          url: url('006HB0000000002YAA'),
        },
        {
          work_item_id: '04iHB0000000001YAA',
          record_id: '500HB0000000001YAA',
          record_name: '00001026',
          record_type: 'Case',
          amounts: [{ field: 'Refund__c', value: '45' }],
          currency: null,
          process: 'Refund',
          submitted_by: 'Grace Lindqvist',
          waits_for: 'Ada Okafor',
          waiting_since: `${dayAt(-2)}T08:30:00Z`,
          url: url('500HB0000000001YAA'),
        },
        {
          work_item_id: '04iHB0000000002YAA',
          record_id: '006HB0000000001YAA',
          record_name: 'Repair day',
          record_type: 'Opportunity',
          amounts: [{ field: 'Amount', value: '1200' }],
          currency: null,
          process: 'Discount above 10 %',
          submitted_by: 'Jonas Keller',
          waits_for: 'Sales Approvers',
          waiting_since: `${dayAt(-3)}T08:30:00Z`,
          url: url('006HB0000000001YAA'),
        },
      ],
      ...complete,
      count: 3,
      next_cursor: null,
      omitted: 0,
    });
  });

  test("reads the groups of the user's role, and groups inside groups", async () => {
    await salesforce.call(tool);

    expect(salesforce.forwarded().filter((request) => /Group|Role/.test(request))).toEqual([
      "GET /query?q=SELECT UserRoleId FROM User WHERE Id = '005HB0000000001YAA'",
      'GET /query?q=SELECT Id, ParentRoleId FROM UserRole',
      "GET /query?q=SELECT Id FROM Group WHERE Type = 'Organization' OR (Type = 'Role' AND RelatedId = '00EHB00000000012AA') OR (Type IN ('RoleAndSubordinates','RoleAndSubordinatesInternal') AND RelatedId IN ('00EHB00000000012AA'))",
      "GET /query?q=SELECT GroupId FROM GroupMember WHERE UserOrGroupId IN ('005HB0000000001YAA','00GHB00000000042AA')",
      expect.stringContaining("UserOrGroupId IN ('00GHB00000000032AA','00GHB00000000022AA')"),
      expect.stringContaining("UserOrGroupId IN ('00GHB00000000012AA')"),
    ]);
  });

  test('lists only the requests that wait for the calling user', async () => {
    expect((await salesforce.call(tool, {}, 'user_grace')).json).toMatchObject({
      approvals: [{ record_name: 'BL-0001', record_type: 'Bike_Lease__c', submitted_by: 'Ada Okafor' }],
      ...complete,
    });
  });

  test('reads every page of classic requests and of flow requests', async () => {
    const pages = await everyPage((input) => salesforce.call(tool, input), 'approvals', { max_results: 1 });

    expect(pages.map(([approval]) => ApprovalOutput.parse(approval).work_item_id)).toEqual([
      '0aGHB00000000012AA',
      '04iHB0000000001YAA',
      '04iHB0000000002YAA',
    ]);
  });

  test('lists each request once if several requests have the same time', async () => {
    const items = ['04iD0000000Cw63', '04iD0000000Cw62', '04iD0000000Cw61'].map((Id) =>
      workItem(Id, '2026-03-02'),
    );
    const script = withItems({ classic: { body: { ...nothing, records: items } } });

    const first = await salesforce.answeringBy(tool, { max_results: 2 }, script);
    const { next_cursor: cursor } = tool.output.parse(first.json);
    const second = await salesforce.answeringBy(tool, { max_results: 2, cursor }, script);

    expect(second.asked.findLast((request) => request.includes('ProcessInstanceWorkitem'))).toContain(
      "AND (CreatedDate < 2026-03-02T08:00:00Z OR (CreatedDate = 2026-03-02T08:00:00Z AND Id < '04iD0000000Cw62')) ORDER BY CreatedDate DESC, Id DESC LIMIT 3",
    );
  });

  // The reasons for these errors are an API version before 61.0, an edition without the object, and a user without
  // access to the object:
  // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_approvalworkitem.htm
  test.each([
    [
      'an unknown object',
      errorAnswer(400, 'INVALID_TYPE', "sObject type 'ApprovalWorkItem' is not supported."),
    ],
    [
      'an unknown field',
      errorAnswer(
        400,
        'INVALID_FIELD',
        "No such column 'ApprovalConditionName' on entity 'ApprovalWorkItem'.",
      ),
    ],
    ['a missing right', errorAnswer(403, 'INSUFFICIENT_ACCESS', 'insufficient access')],
  ])('reports missing flow requests if Salesforce returns an error about %s', async (_, flow) => {
    const classic = { body: { ...nothing, records: [workItem('04iD0000000Cw6S', '2026-03-02')] } };

    const { json } = await salesforce.answeringBy(tool, {}, withItems({ classic, flow }));

    expect(json).toMatchObject({
      approvals: [{ work_item_id: '04iD0000000Cw6S' }],
      is_complete: false,
      missing: [expect.stringContaining('Approvals of flows')],
    });
  });

  test('lists a flow request with the name and amounts of its record', async () => {
    const item = {
      ...workItem('9xyD0000000Cw6S', '2026-03-02'),
      RelatedRecordId: '0Q0D0000000Cw6SKAS',
      RelatedRecordObjectName: 'Quote',
      AssignedTo: { Name: 'Deal desk' },
    };
    const fields = [
      { name: 'QuoteNumber', type: 'string' },
      { name: 'Name', type: 'string', nameField: true },
      { name: 'Discount_Sum__c', type: 'currency' },
      { name: 'GrandTotal', type: 'currency' },
      { name: 'Tax', type: 'currency' },
      { name: 'CurrencyIsoCode', type: 'picklist' },
    ];
    const quote = {
      Id: '0Q0D0000000Cw6SKAS',
      Name: 'Racks for the pier',
      GrandTotal: 48_000.5,
      Discount_Sum__c: 1_200,
      Tax: null,
      CurrencyIsoCode: 'EUR',
    };
    const script = withItems({
      flow: { body: { ...nothing, records: [item] } },
      Quote: { body: documentedPage(quote) },
    });
    const urls = { uiDetailTemplate: 'https://mycompany.my.salesforce.com/{ID}' };

    const { json, asked } = await salesforce.answeringBy(tool, {}, (path, soql) =>
      path === '/sobjects/Quote/describe' ? { body: { fields, urls } } : script(path, soql),
    );

    expect(json).toMatchObject({
      approvals: [
        {
          work_item_id: '9xyD0000000Cw6S',
          record_name: 'Racks for the pier',
          record_type: 'Quote',
          amounts: [
            { field: 'GrandTotal', value: '48000.5' },
            { field: 'Discount_Sum__c', value: '1200' },
          ],
          currency: 'EUR',
          waits_for: 'Deal desk',
          url: 'https://mycompany.my.salesforce.com/0Q0D0000000Cw6SKAS',
        },
      ],
      ...complete,
    });
    expect(asked.at(-1)).toBe(
      "GET /query SELECT Id, Name, GrandTotal, Discount_Sum__c, Tax, CurrencyIsoCode FROM Quote WHERE Id IN ('0Q0D0000000Cw6SKAS')",
    );
  });

  test('reports the records that could not be read', async () => {
    const item = {
      ...workItem('04iD0000000Cw6S', '2026-03-02'),
      ProcessInstance: {
        TargetObjectId: '006D000000I8mIm',
        TargetObject: { Name: 'Acme', Type: 'Opportunity' },
      },
    };

    const { json } = await salesforce.answeringBy(
      tool,
      {},
      withItems({ classic: { body: { ...nothing, records: [item] } } }),
    );

    expect(json).toMatchObject({
      approvals: [{ record_name: 'Acme', amounts: [], url: null }],
      missing: ['Amounts and pages of records of Opportunity.'],
    });
  });

  test('reports that requests may be missing for a user in very many groups', async () => {
    const records = Array.from({ length: 500 }, (_, index) => ({
      GroupId: `00GD00000${String(index).padStart(6, '0')}`,
    }));

    const { json, asked } = await salesforce.answeringBy(
      tool,
      {},
      withItems({ GroupMember: { body: { ...nothing, records } } }),
    );

    expect(json).toMatchObject({ is_complete: false, missing: [expect.stringContaining('too many groups')] });
    expect(encodeURIComponent(asked.at(-1) ?? '').length).toBeLessThan(16_000);
  });

  test('returns an empty list if no request waits', async () => {
    const { json } = await salesforce.answeringBy(tool, {}, withItems({}));

    expect(json).toEqual({ approvals: [], ...complete, count: 0, next_cursor: null, omitted: 0 });
  });

  test('returns null for values that the account may not see', async () => {
    const records = [
      { Id: '04iD0000000Cw6S' },
      {
        Id: '04iD0000000Cw6T',
        CreatedDate: null,
        Actor: null,
        ProcessInstance: { TargetObject: null, SubmittedBy: {} },
      },
    ];

    const { json } = await salesforce.answeringBy(
      tool,
      {},
      withItems({ classic: { body: { ...nothing, records } } }),
    );

    const unknown = {
      record_id: null,
      record_name: null,
      record_type: null,
      amounts: [],
      currency: null,
      process: null,
      submitted_by: null,
      waits_for: null,
      waiting_since: null,
      url: null,
    };
    expect(json).toMatchObject({
      approvals: [
        { work_item_id: '04iD0000000Cw6S', ...unknown },
        { work_item_id: '04iD0000000Cw6T', ...unknown },
      ],
    });
  });

  test('returns invalid_provider_response for a malformed page of work items', async () => {
    const { error } = await salesforce.answeringBy(
      tool,
      {},
      withItems({ classic: { body: { records: [{ Id: null }] } } }),
    );

    expect(error?.code).toBe('invalid_provider_response');
  });

  test('escapes an ID that contains a quotation mark', async () => {
    const odd = { GroupId: "00G' OR Id != null" };

    const { asked } = await salesforce.answeringBy(
      tool,
      {},
      withItems({ GroupMember: { body: { ...nothing, records: [odd] } } }),
    );

    expect(asked.find((request) => request.includes('ProcessInstanceWorkitem'))).toContain(
      `ActorId IN ('${ME}','00G\\' OR Id != null') ORDER`,
    );
  });
});

testProviderErrors(tool, {}, readErrors);
testInvalidChanges(tool, {}, [['max_results', { max_results: 0 }]]);
