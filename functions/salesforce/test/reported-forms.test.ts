import { describe, expect, test } from 'vitest';
import type { ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';
import { tool as describeFields } from '../describe-fields.ts';
import { tool as getByExternalId } from '../get-by-external-id.ts';
import { tool as getCurrentUser } from '../get-current-user.ts';
import { tool as listPendingApprovals } from '../list-pending-approvals.ts';
import { tool as listRelatedRecords } from '../list-related-records.ts';
import { tool as upsert } from '../upsert-by-external-id.ts';
import { documentedPage, documentedResources } from './documented.ts';
import { errorAnswer } from './provider-errors.ts';
import { useSalesforce } from './use-salesforce.ts';

// Responses in formats that Salesforce documents or that users of its API have reported. Each case links to its source.

const ME = '005D0000001GLohIAG';
const NOTHING = { totalSize: 0, done: true, records: [] };
const noColumn = (field: string, entity: string) =>
  errorAnswer(
    400,
    'INVALID_FIELD',
    `No such column '${field}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.`,
  );
const noObject = (object: string) =>
  errorAnswer(400, 'INVALID_TYPE', `sObject type '${object}' is not supported.`);

describe('with responses that users reported,', () => {
  const salesforce = useSalesforce();

  describe('salesforce_get_current_user', () => {
    test.each([
      // https://github.com/SalesforceLabs/OrgCheck/issues/569
      ['ManagerId', 'because of field-level security'],
      // https://help.salesforce.com/s/articleView?id=sf.users_profiles_personal_information.htm
      ['Username', 'because the field is personal information'],
    ])('reads the user if Salesforce hides %s %s', async (hidden) => {
      const { json } = await salesforce.answering(
        getCurrentUser,
        {},
        { body: documentedResources },
        noColumn(hidden, 'User'),
        { body: { attributes: { type: 'User' }, Id: ME, Name: 'Rosa Marin' } },
      );

      expect(json).toMatchObject({ id: ME, name: 'Rosa Marin', email: null, manager_id: null });
    });

    // https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_openid.htm
    test.each([
      'https://mycompany.my.salesforce.mil/id/00Dx0000001T0zkEAC/005D0000001GLohIAG',
      'https://login.sfcrmapps.cn/id/00Dx0000001T0zkEAC/005D0000001GLohIAG',
      'https://mycompany.my.site.com/partners/id/00Dx0000001T0zkEAC/005D0000001GLohIAG',
    ])('reads the user ID from the identity URL %s', async (identity) => {
      const { json } = await salesforce.answering(
        getCurrentUser,
        {},
        { body: { identity } },
        { body: { Id: ME } },
      );

      expect(json).toMatchObject({ id: ME });
    });
  });

  describe('salesforce_list_pending_approvals', () => {
    const item = (more: object = {}) => ({
      Id: '04iD0000000Cw6SIAS',
      CreatedDate: '2026-03-02T08:00:00.000+0000',
      Actor: { Name: 'Deal desk' },
      ProcessInstance: {
        TargetObjectId: '006D000000I8mImIAJ',
        TargetObject: { Name: 'Acme renewal', Type: 'Opportunity' },
        SubmittedBy: { Name: 'Grace Hopper' },
        ProcessDefinition: { Name: 'Large deals' },
      },
      ...more,
    });
    const waiting = { body: documentedPage(item()) };
    const opportunity = {
      name: 'Opportunity',
      fields: [
        { name: 'Name', type: 'string', nameField: true },
        { name: 'Amount', type: 'currency' },
      ],
      urls: { uiDetailTemplate: 'https://mycompany.my.salesforce.com/{ID}' },
    };
    const deal = { Id: '006D000000I8mImIAJ', Name: 'Acme renewal', Amount: 48_000 };
    const approvals = (answers: Record<string, ScriptedAnswer>, description: object = opportunity) =>
      salesforce.answeringBy(listPendingApprovals, {}, (path, soql) => {
        if (path === '/') return { body: documentedResources };
        if (path.endsWith('/describe')) return { body: description };
        const [, object = ''] = / FROM (\w+)/.exec(soql) ?? [];
        const known: Record<string, ScriptedAnswer> = {
          ProcessInstanceWorkitem: waiting,
          Opportunity: { body: documentedPage(deal) },
          ...answers,
        };
        return known[object] ?? { body: NOTHING };
      });

    test.each<[what: string, answers: Record<string, ScriptedAnswer>, missing: string]>([
      // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_groupmember.htm
      ['the members of groups', { GroupMember: noObject('GroupMember') }, 'queues'],
      ['groups', { Group: errorAnswer(403, 'INSUFFICIENT_ACCESS', 'insufficient access') }, 'queues'],
      // https://github.com/SalesforceLabs/OrgCheck/issues/569
      ['a role, which field-level security hides', { User: noColumn('UserRoleId', 'User') }, 'queues'],
    ])(
      'reports that requests may be missing because the user cannot read %s',
      async (_, answers, missing) => {
        const { json } = await approvals(answers);

        expect(json).toMatchObject({
          approvals: [{ work_item_id: '04iD0000000Cw6SIAS', amounts: [{ field: 'Amount', value: '48000' }] }],
          is_complete: false,
          missing: [expect.stringContaining(missing)],
        });
      },
    );

    // https://developer.salesforce.com/docs/atlas.en-us.212.0.object_reference.meta/object_reference/sforce_api_objects_processinstanceworkitem.htm
    test('lists flow requests if the licence does not include classic approvals', async () => {
      const flow = {
        Id: '0aGD0000000Cw6SIAS',
        CreatedDate: '2026-03-02T08:00:00.000+0000',
        RelatedRecordId: '006D000000I8mImIAJ',
        RelatedRecordObjectName: 'Opportunity',
      };

      const { json } = await approvals({
        ProcessInstanceWorkitem: noObject('ProcessInstanceWorkitem'),
        ApprovalWorkItem: { body: documentedPage(flow) },
      });

      expect(json).toMatchObject({
        approvals: [{ work_item_id: '0aGD0000000Cw6SIAS', record_name: 'Acme renewal' }],
        is_complete: false,
        missing: [expect.stringContaining('classic')],
      });
    });

    // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_processinstance.htm
    test('returns a request whose record the approver cannot see', async () => {
      const hidden = { TargetObjectId: '006D000000I8mImIAJ', TargetObject: null, SubmittedBy: null };

      const { json } = await approvals({
        ProcessInstanceWorkitem: { body: documentedPage(item({ ProcessInstance: hidden })) },
      });

      expect(json).toMatchObject({
        approvals: [{ record_id: '006D000000I8mImIAJ', record_name: null, amounts: [] }],
        is_complete: false,
        missing: [expect.stringContaining('cannot see')],
      });
    });

    test.each<[what: string, fields: object[], record: string, expected: object]>([
      // https://help.salesforce.com/s/articleView?id=sf.admin_currency.htm
      [
        'several currencies in the organisation',
        [
          { name: 'Amount', type: 'currency' },
          { name: 'CurrencyIsoCode', type: 'picklist' },
        ],
        '"Amount":48000.50,"CurrencyIsoCode":"JPY"',
        { amounts: [{ field: 'Amount', value: '48000.5' }], currency: 'JPY' },
      ],
      // https://github.com/forcedotcom/dataloader/issues/1204
      [
        'an amount with an exponent',
        [{ name: 'Amount', type: 'currency' }],
        '"Amount":1.15056052E8',
        { amounts: [{ field: 'Amount', value: '115056052' }], currency: null },
      ],
      // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm
      [
        'an empty amount and a custom amount',
        [
          { name: 'Amount', type: 'currency' },
          { name: 'Yearly_Total__c', type: 'currency' },
        ],
        '"Amount":null,"Yearly_Total__c":999999999999999.99',
        { amounts: [{ field: 'Yearly_Total__c', value: '999999999999999.99' }] },
      ],
    ])('returns the amounts of a record with %s', async (_, fields, values, expected) => {
      const record = `{"Id":"006D000000I8mImIAJ","Name":"Acme renewal",${values}}`;

      const { json } = await approvals(
        { Opportunity: { body: `{"totalSize":1,"done":true,"records":[${record}]}` } },
        { ...opportunity, fields: [{ name: 'Name', type: 'string', nameField: true }, ...fields] },
      );

      expect(json).toMatchObject({ approvals: [expected], is_complete: true });
    });
  });

  describe('salesforce_get_by_external_id', () => {
    test.each([
      // https://github.com/forcedotcom/cli/issues/3367
      ['1.6147805824397E13', '16147805824397'],
      // https://github.com/forcedotcom/dataloader/issues/161
      ['8.0E7', '80000000'],
      // https://github.com/simple-salesforce/simple-salesforce/issues/135
      ['1234567890123456.78', '1234567890123456.78'],
      // Number fields have up to 18 digits:
      // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
      ['1.23456789012345678E17', '123456789012345678'],
      ['-9.99999999999999999E17', '-999999999999999999'],
      ['1.2345678901234567890E-5', '0.000012345678901234567890'],
      ['1.0E-5', '0.00001'],
      ['0.1', '0.1'],
      ['-0.0', '0'],
    ])('returns the number %s with all digits', async (written, value) => {
      const read = {
        object: 'Account',
        external_id_field: 'ERP_Id__c',
        external_id: 'C-1',
        fields: ['Total__c'],
      };
      const body = `{"attributes":{"type":"Account"},"Id":"001D000000IqhSLIAZ","Total__c":${written}}`;

      const { json } = await salesforce.answering(getByExternalId, read, { body });

      expect(json).toMatchObject({ fields: [{ name: 'Total__c', value }] });
    });

    // https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/field_types.htm
    test.each([
      ['a geolocation', '{"latitude":37.775,"longitude":-122.418}', 'latitude: 37.775; longitude: -122.418'],
      [
        'an address',
        '{"city":"Porto","country":null,"geocodeAccuracy":null,"street":"Rua 1"}',
        'city: Porto; street: Rua 1',
      ],
      ['a date', '"2026-03-02"', '2026-03-02'],
      ['a time of day', '"09:30:00.000Z"', '09:30:00.000Z'],
      ['a date and time with a colon in its zone', '"2026-03-02T09:30:17.000+01:00"', '2026-03-02T08:30:17Z'],
      ['a date and time in UTC', '"2026-03-02T09:30:17.000Z"', '2026-03-02T09:30:17Z'],
      ['several choices', '"North;South"', 'North;South'],
      ['a text that looks like a number', '"1.0E7"', '1.0E7'],
    ])('returns as a text: %s', async (_, written, value) => {
      const read = {
        object: 'Account',
        external_id_field: 'ERP_Id__c',
        external_id: 'C-1',
        fields: ['X__c'],
      };

      const { json } = await salesforce.answering(getByExternalId, read, {
        body: `{"Id":"001D000000IqhSLIAZ","X__c":${written}}`,
      });

      expect(json).toMatchObject({ fields: [{ value }] });
    });
  });

  describe('salesforce_list_related_records', () => {
    const taskFields = [
      { name: 'WhoId', type: 'reference', relationshipName: 'Who', referenceTo: ['Contact', 'Lead'] },
      {
        name: 'WhatId',
        type: 'reference',
        relationshipName: 'What',
        referenceTo: ['Account', 'Opportunity'],
      },
      { name: 'OwnerId', type: 'reference', relationshipName: 'Owner', referenceTo: ['Group', 'User'] },
    ];
    const accountFields = [
      { name: 'ParentId', type: 'reference', relationshipName: 'Parent', referenceTo: ['Account'] },
    ];
    const notFound = errorAnswer(404, 'NOT_FOUND', 'The requested resource does not exist');

    test.each<[what: string, object: string, relationship: string, fields: object[], record: object]>([
      // https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_relationships_and_polymorph_keys.htm
      ['an empty polymorphic lookup to a person', 'Task', 'Who', taskFields, { WhoId: null }],
      [
        'an empty polymorphic lookup to a record, written in lower case',
        'Task',
        'what',
        taskFields,
        { WhatId: null },
      ],
      // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_account.htm
      ['an empty lookup to the same kind of object', 'Account', 'Parent', accountFields, { ParentId: null }],
    ])('returns an empty list for %s', async (_, object, relationship, fields, record) => {
      const { json } = await salesforce.answeringBy(
        listRelatedRecords,
        { object, record_id: '00TD000000IqhSLIAZ', relationship, fields: ['Name'] },
        (path) => {
          if (path.endsWith('/describe')) return { body: { fields, childRelationships: [] } };
          return path.toLowerCase().endsWith(`/${relationship.toLowerCase()}`)
            ? notFound
            : { body: { Id: '00TD000000IqhSLIAZ', ...record } };
        },
      );

      expect(json).toMatchObject({ records: [], count: 0 });
    });

    // Only children can be in a subquery, so Salesforce cannot sort a parent:
    // https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_relationships_query_using.htm
    test.each(['Owner', 'owner'])(
      'ignores the sort order for the parent %s, because a parent is one record',
      async (relationship) => {
        const { json, asked } = await salesforce.answeringBy(
          listRelatedRecords,
          {
            object: 'Task',
            record_id: '00TD000000IqhSLIAZ',
            relationship,
            fields: ['Name'],
            order_by: 'Name desc',
          },
          (path, soql) => {
            if (path.endsWith('/describe')) return { body: { fields: taskFields, childRelationships: [] } };
            if (soql !== '')
              return errorAnswer(
                400,
                'INVALID_TYPE',
                "Didn't understand relationship 'Owner' in FROM part of query call.",
              );
            return { body: { attributes: { type: 'User' }, Id: ME, Name: 'Rosa Marin' } };
          },
        );

        expect(json).toMatchObject({
          records: [{ id: ME, fields: [{ name: 'Name', value: 'Rosa Marin' }] }],
        });
        expect(asked.join()).not.toContain('ORDER BY');
      },
    );

    // Only `queryAll` returns archived records:
    // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_queryAll.htm
    test.each(['Tasks', 'Events', 'OpenActivities', 'ActivityHistories'])(
      'reports that archived records of %s are missing',
      async (relationship) => {
        const childSObject = {
          Tasks: 'Task',
          Events: 'Event',
          OpenActivities: 'OpenActivity',
          ActivityHistories: 'ActivityHistory',
        }[relationship];

        const { json } = await salesforce.answeringBy(
          listRelatedRecords,
          { object: 'Account', record_id: '001D000000IqhSLIAZ', relationship, fields: ['Subject'] },
          (path) => ({
            body: path.endsWith('/describe')
              ? { fields: [], childRelationships: [{ relationshipName: relationship, childSObject }] }
              : NOTHING,
          }),
        );

        expect(json).toMatchObject({
          records: [],
          is_complete: false,
          missing: [expect.stringContaining('Archived')],
        });
      },
    );

    test.each([
      // https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_relationships_and_polymorph_keys.htm
      ['Who.Name', '{"Who":{"attributes":{"type":"Lead"},"Name":"Ann Lee"}}', 'Ann Lee'],
      ['What.Name', '{"What":null}', null],
      ['Owner.Name', '{"Owner":{"attributes":{"type":"Group"},"Name":"Support queue"}}', 'Support queue'],
    ])('returns the parent field %s', async (field, parent, value) => {
      const { json } = await salesforce.answeringBy(
        listRelatedRecords,
        {
          object: 'Account',
          record_id: '001D000000IqhSLIAZ',
          relationship: 'Tasks',
          fields: ['Subject', field],
        },
        (path, soql) => {
          if (path.endsWith('/describe')) return { body: { fields: [], childRelationships: [] } };
          const task = { attributes: { type: 'Task' }, Id: '00TD000000IqhSLIAZ', Subject: 'Call' };
          return { body: documentedPage(soql === '' ? task : { ...task, ...JSON.parse(parent) }) };
        },
      );

      expect(json).toMatchObject({ records: [{ fields: [{ value: 'Call' }, { name: field, value }] }] });
    });
  });

  describe('salesforce_describe_fields', () => {
    const description = (fields: object[], childRelationships: object[] = []) => ({
      body: { fields, childRelationships },
    });

    test.each<[what: string, answer: ScriptedAnswer, expected: object]>([
      // https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesobjects_describesobjectresult.htm
      [
        'a lookup to many objects',
        description([
          {
            name: 'WhatId',
            label: 'Related To ID',
            type: 'reference',
            relationshipName: 'What',
            referenceTo: Array.from({ length: 60 }, (_, index) => `Object_${index}__c`),
          },
        ]),
        { relationships: [expect.stringMatching(/^What: Object_0__c or Object_1__c/)] },
      ],
      // https://help.salesforce.com/s/articleView?id=sf.account_person.htm
      [
        'person accounts',
        description([
          {
            name: 'PersonContactId',
            label: 'Contact ID',
            type: 'reference',
            relationshipName: 'PersonContact',
            referenceTo: ['Contact'],
          },
          {
            name: 'Diet__pc',
            label: 'Diet',
            type: 'string',
            createable: true,
            updateable: true,
            nillable: true,
          },
        ]),
        {
          relationships: ['PersonContact: Contact'],
          fields: [{ name: 'PersonContactId' }, { name: 'Diet__pc', traits: [] }],
        },
      ],
      // https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/field_types.htm#i1435541
      [
        'a compound name whose parts are required',
        description([
          {
            name: 'Name',
            label: 'Full Name',
            type: 'string',
            nillable: false,
            createable: false,
            updateable: false,
            defaultedOnCreate: false,
          },
          {
            name: 'LastName',
            label: 'Last Name',
            type: 'string',
            nillable: false,
            createable: true,
            updateable: true,
            defaultedOnCreate: false,
          },
        ]),
        {
          fields: [
            { name: 'Name', traits: ['read_only'] },
            { name: 'LastName', traits: ['required'] },
          ],
        },
      ],
      // Some child relationships have no name:
      // https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesobjects_describesobjectresult.htm
      [
        'child relationships without a name',
        description(
          [{ name: 'Id', label: 'Record ID', type: 'id', idLookup: true }],
          [
            { relationshipName: null, childSObject: 'AccountChangeEvent' },
            { relationshipName: 'Contacts', childSObject: 'Contact' },
          ],
        ),
        { relationships: ['Contacts: Contact[]'], fields: [{ name: 'Id', traits: ['read_only'] }] },
      ],
    ])('describes an object with %s', async (_, answer, expected) => {
      expect((await salesforce.answering(describeFields, { object: 'Account' }, answer)).json).toMatchObject(
        expected,
      );
    });

    // https://developer.salesforce.com/docs/platform/api/guide/sforce-api-calls-describeglobal-describeglobalresult.html
    test.each([
      ['Opportunities', 'Opportunity', 'Opportunity', 'Opportunities'],
      ['People', 'Person__c', 'Person', 'People'],
      ['Companies', 'Account', 'Company', 'Companies'],
    ])(
      'rejects the plural %s, and names the object that has this plural',
      async (object, name, label, labelPlural) => {
        const { error } = await salesforce.answeringBy(describeFields, { object }, (path) =>
          path === '/sobjects'
            ? {
                body: {
                  sobjects: [
                    { name: 'Task', label: 'Task', labelPlural: 'Tasks' },
                    { name, label, labelPlural },
                  ],
                },
              }
            : undefined,
        );

        expect(error).toMatchObject({
          code: 'invalid_input',
          details: [{ candidates: [{ value: name, label }] }],
        });
      },
    );
  });

  describe('salesforce_upsert_by_external_id', () => {
    const write = (answer: ScriptedAnswer, fields = ['Name', 'CloseDate']) =>
      salesforce.answering(
        upsert,
        {
          object: 'Opportunity',
          external_id_field: 'ERP_Id__c',
          external_id: 'O-1',
          fields: fields.map((name) => ({ name, value: 'x' })),
        },
        answer,
      );

    test.each<[what: string, answer: ScriptedAnswer, expected: object]>([
      // https://github.com/jsforce/jsforce/issues/861
      [
        'a response with several errors',
        {
          status: 400,
          body: ['CloseDate', 'Name'].map((field) => ({
            errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
            message: `Invalid value passed to ${field}`,
            fields: [field],
          })),
        },
        { code: 'rejected_by_provider', details: [{ path: 'fields.1' }, { path: 'fields.0' }] },
      ],
      // https://github.com/CoderDojo/community-platform/issues/618
      [
        'a field that cannot be written',
        errorAnswer(
          400,
          'INVALID_FIELD_FOR_INSERT_UPDATE',
          'Unable to create/update fields: Name. Please check the security settings of this field.',
          ['Name'],
        ),
        { details: [{ path: 'fields.0' }] },
      ],
      // https://github.com/regican/Salesforce/issues/2
      [
        'a time in another format',
        errorAnswer(
          400,
          'JSON_PARSER_ERROR',
          'Cannot deserialize instance of datetime from VALUE_STRING value 2017-10-17 00:00:00 or request may be missing a required field at [line:1, column:129]',
        ),
        { code: 'rejected_by_provider', message: expect.stringContaining('2026-12-01T09:00:00Z') },
      ],
      // https://github.com/mautic/mautic/issues/3048
      [
        'a number in another format',
        errorAnswer(
          400,
          'JSON_PARSER_ERROR',
          'Cannot deserialize instance of double from VALUE_STRING value 12,50 or request may be missing a required field at [line:1, column:345]',
        ),
        { message: expect.stringContaining('12.5') },
      ],
      // https://github.com/veryfront/veryfront-code/pull/3639
      [
        'a value that a picklist does not have',
        errorAnswer(
          400,
          'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
          'bad value for restricted picklist field: Question',
          ['Name'],
        ),
        { details: [{ path: 'fields.0' }], message: expect.stringContaining('salesforce_describe_fields') },
      ],
      // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_concepts.htm
      [
        'a required field that was not sent',
        errorAnswer(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [StageName]', ['StageName']),
        { code: 'rejected_by_provider', message: expect.stringContaining('required_only') },
      ],
      // https://github.com/MinnPost/object-sync-for-salesforce/issues/128
      [
        "a name in place of an owner's ID",
        errorAnswer(400, 'MALFORMED_ID', 'Owner ID: id value of incorrect type: Ann', ['Name']),
        { details: [{ path: 'fields.0' }] },
      ],
      // https://github.com/SalesforceLabs/OrgCheck/issues/432
      [
        'too many requests at once',
        errorAnswer(
          403,
          'REQUEST_LIMIT_EXCEEDED',
          'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
        ),
        { code: 'rate_limited', retry_after_seconds: expect.toSatisfy((seconds: number) => seconds < 600) },
      ],
      // https://github.com/mautic/mautic/issues/5006
      [
        'too many long requests at once',
        errorAnswer(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.'),
        { code: 'rate_limited' },
      ],
      // https://github.com/SalesforceLabs/OrgCheck/issues/181
      [
        'the daily limit',
        errorAnswer(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
        { code: 'rate_limited', retry_after_seconds: 3_600 },
      ],
    ])('returns a useful error for %s', async (_, answer, expected) => {
      expect((await write(answer)).error).toMatchObject(expected);
    });
  });
});
