import { dayAt } from '../../../local/providers/story-time.ts';
import { type Row, recordIdOf, type Value } from './organisation.ts';
import { adaUser, graceUser } from './seed-people.ts';

const FIRST_TICKET = 4_901;
const TICKETS = 260;
const COLLECTED_BELOW = 5_120;

function rows(keyPrefix: string, created: string, records: readonly Record<string, Value>[]): Row[] {
  return records.map((values, index) => ({
    Id: recordIdOf(keyPrefix, index + 1),
    CreatedDate: `${created}T09:00:00.000+0000`,
    LastModifiedDate: `${created}T09:00:00.000+0000`,
    OwnerId: adaUser.Id,
    ...values,
  }));
}

const accounts = rows('001', dayAt(-565), [
  {
    Name: 'City Ferries',
    Type: 'Customer',
    Phone: '+49 40 5550 120',
    BillingCity: 'Northport',
    BillingStreet: 'Pier 3',
    AnnualRevenue: 18_400_000,
    Meter_Reading__c: '999999999999999999',
    ERP_Id__c: 'C-1042',
    Legacy_Id__c: 'L-7',
  },
  {
    Name: 'Tidewheel',
    Type: 'Supplier',
    BillingCity: 'Porto',
    ERP_Id__c: 'S-2010',
    Description: 'Quote for 40 wheelsets at 112 EUR, valid for two weeks; 104 EUR from 60.',
  },
  {
    Name: 'Bolt & Chain Parts',
    Type: 'Supplier',
    ERP_Id__c: 'S-2004',
    Description: 'Order 88317 is on its way.',
  },
  { Name: 'Green Campus', Type: 'Customer', BillingCity: 'Northport', ERP_Id__c: 'C-1055' },
  {
    Name: 'Northport Port Authority',
    Type: 'Landlord',
    BillingCity: 'Northport',
    BillingStreet: 'Harbour Office',
    ERP_Id__c: 'L-3001',
  },
  { Name: 'Ledgerline', Type: 'Accountant', ERP_Id__c: 'A-4001' },
  { Name: 'Berg family', Type: 'Customer', ERP_Id__c: 'C-1061', Legacy_Id__c: 'L-9' },
  // The same household as the account above, entered a second time.
  { Name: 'Tomas Berg', Type: 'Customer', ERP_Id__c: 'C-1062', Legacy_Id__c: 'L-9' },
  { Name: 'Walk-in customers', Type: 'Customer', ERP_Id__c: 'C-1000' },
]);
const accountId = (name: string) => accounts.find((account) => account.Name === name)?.Id ?? null;

const contact = (FirstName: string, LastName: string, Email: string, account: string) => ({
  AccountId: accountId(account),
  FirstName,
  LastName,
  Name: `${FirstName} ${LastName}`,
  Email,
});

const tickets = Array.from({ length: TICKETS }, (_, index) => {
  const ticket = FIRST_TICKET + index;
  return {
    Name: `RT-${ticket}`,
    Account__c: ticket === 5_120 ? accountId('Berg family') : accountId('Walk-in customers'),
    Status__c: ticket < COLLECTED_BELOW ? 'Collected' : 'Open',
    Promised__c: ticket === 5_120 ? dayAt(-4) : null,
    OwnerId: graceUser.Id,
  };
});

/** The initial records of Harbor Bikes. */
export const records = {
  Account: accounts,
  Contact: rows('003', dayAt(-564), [
    contact('Lena', 'Fuchs', 'lena@cityferries.example', 'City Ferries'),
    contact('Marta', 'Silva', 'marta@tidewheel.example', 'Tidewheel'),
    contact('Priya', 'Nair', 'priya@greencampus.example', 'Green Campus'),
    contact('Tomas', 'Berg', 'tomas@berg-family.example', 'Berg family'),
  ]),
  Opportunity: rows('006', dayAt(-11), [
    {
      AccountId: accountId('Green Campus'),
      Name: 'Repair day',
      StageName: 'Proposal',
      Amount: 1_200,
      CloseDate: dayAt(11),
      Discount__c: 15,
    },
    {
      AccountId: accountId('City Ferries'),
      Name: 'Twelve staff bikes',
      StageName: 'Proposal',
      Amount: 10_080,
      CloseDate: dayAt(26),
      Discount__c: 5,
    },
  ]),
  Case: rows('500', dayAt(-3), [
    {
      AccountId: accountId('Berg family'),
      CaseNumber: '00001026',
      Subject: 'Repair ticket 5120 is late',
      Status: 'Working',
      Refund__c: 45,
      Ticket__c: '5120',
      OwnerId: graceUser.Id,
    },
    {
      AccountId: accountId('Walk-in customers'),
      CaseNumber: '00001027',
      Subject: 'Brakes squeal after service',
      Status: 'New',
      Refund__c: 20,
      Ticket__c: '5133',
      OwnerId: graceUser.Id,
    },
  ]),
  Bike_Lease__c: rows('a0L', dayAt(-2), [
    {
      Name: 'BL-0001',
      Contract_Id__c: 'CF-2027-01',
      Account__c: accountId('City Ferries'),
      Bikes__c: 12,
      Start__c: dayAt(43),
      Monthly_Rate__c: 840,
      Child_Seats__c: true,
      Status__c: 'Draft',
    },
    {
      Name: 'BL-0002',
      Contract_Id__c: 'GC-2027-01',
      Account__c: accountId('Green Campus'),
      Bikes__c: 10,
      Start__c: dayAt(99),
      Monthly_Rate__c: 650,
      Child_Seats__c: false,
      Status__c: 'Draft',
    },
    {
      Name: 'BL-0003',
      Contract_Id__c: 'BF-2027-01',
      Account__c: accountId('Berg family'),
      Bikes__c: 2,
      Start__c: dayAt(71),
      Monthly_Rate__c: 120,
      Child_Seats__c: true,
      Status__c: 'Draft',
    },
  ]),
  Repair_Ticket__c: rows('a0R', dayAt(-12), tickets),
};
