const API = '/services/data/v68.0';

/** What every record in an answer begins with. */
export function attributes(type: string, id: string) {
  return { type, url: `${API}/sobjects/${type}/${id}` };
}

/** The one page of a query that finds this record. */
export function documentedPage(record: object) {
  return { totalSize: 1, done: true, records: [record] };
}

// The examples of Salesforce's documentation.

export const documentedAccount = {
  attributes: attributes('Account', '001D000000IqhSLIAZ'),
  Id: '001D000000IqhSLIAZ',
  Name: 'Acme',
};

export const documentedContacts = documentedPage({
  attributes: attributes('Contact', '003D000000IomazIAB'),
  Id: '003D000000IomazIAB',
  Name: 'Grace Hopper',
});

export const documentedUpsert = { id: '00190000001pPvHAAU', errors: [], success: true, created: true };

export const documentedUser = {
  id: '005D0000001GLoh',
  name: 'Ada Lovelace',
  displayName: 'Ada Lovelace',
  username: 'ada@example.com',
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'Lovelace',
  title: 'CTO',
  companyName: 'Example Ltd',
  userType: 'Internal',
  isActive: true,
  photo: { smallPhotoUrl: 'https://example.my.salesforce.com/profilephoto/005/T' },
  url: `${API}/chatter/users/005D0000001GLoh`,
  type: 'User',
};

export const documentedRelationship = {
  childSObject: 'Contact',
  field: 'AccountId',
  relationshipName: 'Contacts',
  cascadeDelete: false,
};

export const documentedDescription = {
  name: 'Account',
  label: 'Account',
  keyPrefix: '001',
  fields: [
    {
      name: 'Name',
      label: 'Account Name',
      type: 'string',
      length: 255,
      nillable: false,
      createable: true,
      updateable: true,
      defaultedOnCreate: false,
      externalId: false,
    },
  ],
  childRelationships: [documentedRelationship],
  recordTypeInfos: [],
};
