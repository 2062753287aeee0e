import { emailAddressOf, type ProviderClient, path, readInput } from 'scalekit-lambda-tools';
import { isSameText, theOne } from './candidates.ts';
import { textProperty } from './property.ts';
import { searchResponse } from './search.ts';

const RECORD_ID = /^\d{1,18}$/;
// Such as /contacts/4711/record/0-1/512, or /contacts/4711/contact/512 in older links.
const IN_LINK =
  /^https:\/\/app(?:-\w+)?\.hubspot\.com\/contacts\/\d+\/(?:record\/[\d-]+|contact|company|deal|ticket)\/(\d+)/;
const NAME_LENGTH_MAX = 200;
const FOUND_MAX = 10;

/** The kinds of records that people speak of by name: where HubSpot keeps them, and what tells them apart. */
export const NAMED_RECORDS = {
  contact: { objects: 'contacts', names: ['firstname', 'lastname'], telling: ['email', 'company'] },
  company: { objects: 'companies', names: ['name'], telling: ['domain', 'city'] },
  deal: { objects: 'deals', names: ['dealname'], telling: ['amount', 'closedate'] },
  ticket: { objects: 'tickets', names: ['subject'], telling: ['createdate'] },
} as const satisfies Record<
  string,
  { objects: string; names: readonly string[]; telling: readonly string[] }
>;

export type RecordKind = keyof typeof NAMED_RECORDS;

/** An input for a record: its ID, the link to its page, its name, or a contact's e-mail address. */
export function recordInput(description: string) {
  return readInput(description, (text) => IN_LINK.exec(text)?.[1] ?? emailAddressOf(text), {
    pattern: /\S/,
    expected: `must be an ID, a link, a name or an e-mail address, of at most ${NAME_LENGTH_MAX} characters`,
    maximum: NAME_LENGTH_MAX,
  });
}

/** The name of a record, from its properties; null if it has none. */
export function nameOf(
  kind: RecordKind,
  properties: Readonly<Record<string, string | null | undefined>>,
): string | null {
  const parts = NAMED_RECORDS[kind].names.map((name) => properties[name]);
  return parts.filter(Boolean).join(' ') || null;
}

/**
 * Finds the record that an input means.
 * @param field the input's field, for errors
 * @returns its ID, which is not looked up if the input is one
 * @throws ToolError as `theOne` does
 */
export async function recordIdOf(
  api: ProviderClient,
  kind: RecordKind,
  text: string,
  field: string,
): Promise<string> {
  if (RECORD_ID.test(text)) return text;
  const { objects, names, telling } = NAMED_RECORDS[kind];
  const properties = Object.fromEntries([...names, ...telling].map((name) => [name, textProperty]));
  // https://developers.hubspot.com/docs/guides/api/crm/search
  const { body } = await api.post(path`/crm/v3/objects/${objects}/search`, {
    json: { query: text, limit: FOUND_MAX, properties: Object.keys(properties), filterGroups: [], sorts: [] },
    isRead: true,
    response: searchResponse(properties),
  });
  const found = body.results.map((record) => ({
    record,
    candidate: {
      value: record.id,
      label: [nameOf(kind, record.properties), ...telling.map((name) => record.properties[name])]
        .filter(Boolean)
        .join(', '),
    },
  }));
  const exact = found.filter(
    ({ record }) =>
      isSameText(nameOf(kind, record.properties), text) ||
      ['email', 'domain'].some((name) => isSameText(record.properties[name], text)),
  );
  return theOne(
    field,
    `a ${kind}`,
    exact.map(({ candidate }) => candidate),
    found.map(({ candidate }) => candidate),
  );
}
