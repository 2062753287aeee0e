import { emailAddressOf, onlyMatch, type ProviderClient, readInput } from 'scalekit-lambda-tools';
import { textProperty } from './crm-records.ts';
import { recordResponse, type SearchFilter, searchRecords } from './search.ts';

const RECORD_ID = /^\d{1,18}$/;
// Matches the links of record pages: /contacts/4711/record/0-1/512, and in older links
// /contacts/4711/contact/512.
const IN_LINK =
  /^https:\/\/app(?:-\w+)?\.hubspot\.com\/contacts\/\d+\/(?:record\/[\d-]+|contact|company|deal|ticket)\/(\d+)/;
const NAME_LENGTH_MAX = 200;
const FOUND_MAX = 10;
// A contact can have several addresses, for example after a merge. This property contains the additional addresses,
// separated by semicolons.
const FURTHER_ADDRESSES = 'hs_additional_emails';

/**
 * The types of records that a user can give by name. `objects` is HubSpot's name for the type. `names` are
 * the properties that contain the name. `hints` are properties that help to choose between records with the
 * same name.
 */
export const NAMED_RECORDS = {
  contact: { objects: 'contacts', names: ['firstname', 'lastname'], hints: ['email', 'company'] },
  company: { objects: 'companies', names: ['name'], hints: ['domain', 'city'] },
  deal: { objects: 'deals', names: ['dealname'], hints: ['amount', 'closedate'] },
  ticket: { objects: 'tickets', names: ['subject'], hints: ['createdate'] },
} as const satisfies Record<string, { objects: string; names: readonly string[]; hints: readonly string[] }>;

export type RecordKind = keyof typeof NAMED_RECORDS;

/** Returns the input for a record: its ID, the URL of its page, its name, or the e-mail address of a contact. */
export function recordInput(description: string) {
  return readInput(description, (text) => IN_LINK.exec(text)?.[1] ?? emailAddressOf(text), {
    pattern: /\S/,
    expected: `must be an ID, a link, a name or an e-mail address, of at most ${NAME_LENGTH_MAX} characters`,
    maximum: NAME_LENGTH_MAX,
  });
}

/** Returns the name of a record, or null if the record has no name. */
export function nameOf(
  kind: RecordKind,
  properties: Readonly<Record<string, string | null | undefined>>,
): string | null {
  const parts = NAMED_RECORDS[kind].names.map((name) => properties[name]);
  return parts.filter(Boolean).join(' ') || null;
}

/** Returns whether two texts are equal, ignoring case and surrounding spaces. */
export function isSameText(one: string | null | undefined, other: string): boolean {
  return one?.trim().toLowerCase() === other.trim().toLowerCase();
}

/**
 * Returns the ID of a record that is given by ID or name. An ID is returned unchanged.
 * @param field the name of the input field, which the error contains
 * @throws ToolError if not exactly one record has this name
 */
export async function recordIdOf(
  api: ProviderClient,
  kind: RecordKind,
  text: string,
  field: string,
): Promise<string> {
  if (RECORD_ID.test(text)) return text;
  const { hints } = NAMED_RECORDS[kind];
  const byAddress =
    kind === 'contact' && text.includes('@') ? await find(api, kind, addressFilters(text)) : [];
  const records = byAddress.length > 0 ? byAddress : await find(api, kind, text);
  const found = records.map((record) => ({
    record,
    candidate: {
      value: record.id,
      label: [nameOf(kind, record.properties), ...hints.map((name) => record.properties[name])]
        .filter(Boolean)
        .join(', '),
    },
  }));
  const exact = found.filter(
    ({ record }) =>
      isSameText(nameOf(kind, record.properties), text) ||
      [record.properties.email, record.properties.domain, ...addressesOf(record.properties)].some((key) =>
        isSameText(key, text),
      ),
  );
  return onlyMatch(field, `a ${kind}`, {
    exact: exact.map(({ candidate }) => candidate),
    similar: found.map(({ candidate }) => candidate),
  });
}

/** Finds records by filters, or by a text search. */
async function find(api: ProviderClient, kind: RecordKind, by: readonly SearchFilter[][] | string) {
  const { objects, names, hints } = NAMED_RECORDS[kind];
  const properties = [...names, ...hints, ...(kind === 'contact' ? [FURTHER_ADDRESSES] : [])];
  const record = recordResponse(Object.fromEntries(properties.map((name) => [name, textProperty])));
  const { records } = await searchRecords(api, objects, record, {
    ...(typeof by === 'string' ? { query: by, groups: [] } : { groups: by }),
    page: { size: FOUND_MAX, cursor: undefined },
  });
  return records;
}

/**
 * Returns filters for contacts with this address. A text search is not enough, because other contacts could
 * fill its first page.
 */
function addressFilters(address: string): SearchFilter[][] {
  const value = address.trim().toLowerCase();
  return [
    [{ propertyName: 'email', operator: 'EQ', value }],
    [{ propertyName: FURTHER_ADDRESSES, operator: 'CONTAINS_TOKEN', value }],
  ];
}

function addressesOf(properties: Readonly<Record<string, string | null>>): string[] {
  return (properties[FURTHER_ADDRESSES] ?? '').split(';');
}
