const API = '/services/data/v68.0';

/** Returns the `attributes` key that every record in a response has. */
export function attributes(type: string, id: string) {
  return { type, url: `${API}/sobjects/${type}/${id}` };
}

/** Returns the result of a query that finds only this record. */
export function documentedPage(record: object) {
  return { totalSize: 1, done: true, records: [record] };
}

// The examples in Salesforce's documentation.

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

export const documentedResources = {
  sobjects: `${API}/sobjects`,
  query: `${API}/query`,
  search: `${API}/search`,
  identity: 'https://login.salesforce.com/id/00D000000000062EA0/005D0000001GLohIAG',
};

export const documentedUser = {
  attributes: attributes('User', '005D0000001GLohIAG'),
  Id: '005D0000001GLohIAG',
  Name: 'Ada Lovelace',
  Username: 'ada@example.com',
  Email: 'ada@example.com',
  Title: 'CTO',
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
