import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { LocalProvider } from '../../../local/providers/local-provider.ts';
import { dayAt } from '../../../local/providers/story-time.ts';
import { start as startSalesforce } from '../local/provider.ts';

const ada = '00DHB-local-ada';
const grace = '00DHB-local-grace';
const Found = z.object({ totalSize: z.number(), records: z.array(z.record(z.string(), z.unknown())) });
const Errors = z.tuple([
  z.strictObject({ errorCode: z.string(), message: z.string(), fields: z.array(z.string()).optional() }),
]);

let salesforce: LocalProvider;
beforeAll(async () => {
  salesforce = await startSalesforce();
});
beforeEach(() => salesforce.reset());
afterAll(() => salesforce.close());

async function get(path: string, token = ada) {
  const response = await fetch(salesforce.url + path, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: await response.json() };
}

const query = (soql: string, token?: string) => get(`/query?q=${encodeURIComponent(soql)}`, token);

describe('the emulated query endpoint', () => {
  test.each([
    ["Name = 'city ferries'", ['City Ferries']],
    [
      "Name != 'City Ferries' AND Type = 'Customer'",
      ['Berg family', 'Green Campus', 'Tomas Berg', 'Walk-in customers'],
    ],
    ["Type = 'Landlord' OR Type = 'Accountant'", ['Ledgerline', 'Northport Port Authority']],
    [
      "BillingCity = 'Northport' AND (Type = 'Landlord' OR AnnualRevenue > 1000)",
      ['City Ferries', 'Northport Port Authority'],
    ],
    [
      "Type IN ('Supplier', 'Landlord') AND NOT (Name LIKE 'Bolt%')",
      ['Northport Port Authority', 'Tidewheel'],
    ],
    ["Name LIKE '_idewheel'", ['Tidewheel']],
    ["Name LIKE 'Tide\\_heel'", []],
    ["Id = '001HB0000000001'", ['City Ferries']],
    [
      "Type NOT IN ('Customer') AND Phone = null",
      ['Bolt & Chain Parts', 'Ledgerline', 'Northport Port Authority', 'Tidewheel'],
    ],
    ["Name = 'O\\'Brien \\\\ Sons'", []],
    [
      `Owner.Name = 'Ada Okafor' AND Owner.Manager.Name = null AND CreatedDate < ${dayAt(-564)}T00:00:00Z AND Name < 'C'`,
      ['Berg family', 'Bolt & Chain Parts'],
    ],
  ])('finds the records of the query “WHERE %s”', async (where, names) => {
    const { body } = await query(`SELECT Id, Name FROM Account WHERE ${where} ORDER BY Name`);

    expect(Found.parse(body).records.map(({ Name }) => Name)).toEqual(names);
  });

  test('returns parent fields, and applies order, limit and offset', async () => {
    const soql =
      'select Name, Account__r.Name, Account__r.Owner.Email from Bike_Lease__c order by Bikes__c desc limit 1 offset 1';

    expect((await query(soql)).body).toEqual({
      totalSize: 1,
      done: true,
      records: [
        {
          attributes: {
            type: 'Bike_Lease__c',
            url: '/services/data/v68.0/sobjects/Bike_Lease__c/a0LHB00000000022AA',
          },
          Name: 'BL-0002',
          Account__r: {
            attributes: { type: 'Account', url: '/services/data/v68.0/sobjects/Account/001HB0000000004YAA' },
            Name: 'Green Campus',
            Owner: {
              attributes: { type: 'User', url: '/services/data/v68.0/sobjects/User/005HB0000000001YAA' },
              Email: 'ada@harborbikes.example',
            },
          },
        },
      ],
    });
  });

  test('returns 260 records on one page, and rejects the locator of an unknown page', async () => {
    const { body } = await query('SELECT Id FROM Repair_Ticket__c');
    expect(body).toMatchObject({ totalSize: 260, done: true });

    const { status, body: errors } = await get('/query/01gHB0000000009AAA-200');
    expect(status).toBe(400);
    expect(Errors.parse(errors)[0].errorCode).toBe('INVALID_QUERY_LOCATOR');
  });

  test.each([
    ["SELECT Name FROM Account WHERE Name = 'O'Brien'", 'MALFORMED_QUERY'],
    ["SELECT Name FROM Account WHERE Name = 'x", 'MALFORMED_QUERY'],
    ['SELECT FROM Account', 'MALFORMED_QUERY'],
    ['SELECT Name FROM Account LIMIT x', 'MALFORMED_QUERY'],
    ['SELECT Name FROM Account; DELETE', 'MALFORMED_QUERY'],
    ['SELECT Name FROM Account WHERE Name ~ 1', 'MALFORMED_QUERY'],
    ['SELECT Name FROM Account WHERE (Name = null', 'MALFORMED_QUERY'],
    ['SELECT Nme FROM Account', 'INVALID_FIELD'],
    ["SELECT Name FROM Account WHERE Nme = 'x'", 'INVALID_FIELD'],
    ['SELECT Name FROM Account ORDER BY Nme', 'INVALID_FIELD'],
    ['SELECT Account.Name FROM Account', 'INVALID_FIELD'],
    ["SELECT Name FROM Account WHERE AnnualRevenue > '1'", 'INVALID_FIELD'],
    ['SELECT Name FROM Account WHERE Name = 1', 'INVALID_FIELD'],
    ['SELECT Id FROM Acount', 'INVALID_TYPE'],
    ['SELECT Id FROM Account OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE'],
  ])('rejects the query “%s” with the error %s', async (soql, errorCode) => {
    const { status, body } = await query(soql);

    expect(status).toBe(400);
    expect(Errors.parse(body)[0].errorCode).toBe(errorCode);
  });

  test('hides opportunities and rates from the user Grace', async () => {
    const told = async (soql: string) => Errors.parse((await query(soql, grace)).body)[0].errorCode;

    expect(await told('SELECT Id FROM Opportunity')).toBe('INVALID_TYPE');
    expect(await told('SELECT Monthly_Rate__c FROM Bike_Lease__c')).toBe('INVALID_FIELD');
  });
});

describe('the emulated Salesforce', () => {
  test('rejects a request to Chatter, because Chatter is off', async () => {
    const { status, body } = await get('/chatter/users/me');

    expect({ status, errorCode: Errors.parse(body)[0].errorCode }).toEqual({
      status: 403,
      errorCode: 'FUNCTIONALITY_NOT_ENABLED',
    });
  });

  test('returns child records of subqueries, and null if there are no children', async () => {
    const soql =
      "SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName NULLS LAST), (SELECT Id FROM Cases) FROM Account WHERE Name = 'City Ferries'";

    expect((await query(soql)).body).toMatchObject({
      records: [
        { Name: 'City Ferries', Contacts: { totalSize: 1, records: [{ LastName: 'Fuchs' }] }, Cases: null },
      ],
    });
    expect((await query('SELECT (SELECT Id FROM Contact) FROM Account')).status).toBe(400);
  });

  test('sends all digits of a number', async () => {
    const response = await fetch(
      `${salesforce.url}/sobjects/Account/001HB0000000001?fields=Meter_Reading__c`,
      {
        headers: { authorization: `Bearer ${ada}` },
      },
    );

    expect(await response.text()).toContain('"Meter_Reading__c":999999999999999999,');
  });
});

describe('the emulated record endpoint', () => {
  test('returns all fields by default', async () => {
    const { body } = await get('/sobjects/Contact/003HB0000000001');

    expect(body).toMatchObject({ Id: '003HB0000000001YAA', Name: 'Lena Fuchs', Phone: null });
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(body))).toHaveLength(11);
  });

  test('removes written records on reset', async () => {
    const path = `${salesforce.url}/sobjects/Account/ERP_Id__c/C-9`;
    const headers = { authorization: `Bearer ${ada}`, 'content-type': 'application/json' };
    const created = await fetch(path, { method: 'PATCH', headers, body: JSON.stringify({ Name: 'New' }) });
    expect(created.status).toBe(201);
    expect((await get('/sobjects/Account/ERP_Id__c/C-9')).status).toBe(200);

    await salesforce.reset();

    expect((await get('/sobjects/Account/ERP_Id__c/C-9')).status).toBe(404);
  });
});

test.each([['00DHB-unknown'], ['test_token_admin'], ['']])(
  'the emulated Salesforce rejects the token %j',
  async (token) => {
    const { status, body } = await get('/sobjects', token);

    expect(status).toBe(401);
    expect(body).toEqual([{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]);
  },
);
