import { type Candidate, onlyMatch, type ProviderClient, path } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { type Description, nameFieldOf } from './described-object.ts';
import { queryPage } from './query-page.ts';
import { fieldValue, RecordResponse } from './record-fields.ts';
import { isRecordId } from './record-id.ts';
import { clause, containing, soql, syntax } from './soql.ts';

const FOUND_MAX = 6;
const HINTS_MAX = 3;
const NamedRecordsResponse = queryPage(RecordResponse.and(z.object({ Id: z.string() })));
// Fields that help to choose between records with the same name, most helpful first. Not every object has every field.
const HINTS = [
  'Account.Name',
  'Company',
  'Subject',
  'Email',
  'BillingCity',
  'StageName',
  'Status',
  'Type',
  'CreatedDate',
];

/** An object in whose records a name is searched. */
interface NamedRecords {
  /** The API name of the object. */
  object: string;
  nameField: string;
  /** Fields that help to choose between records with the same name. */
  hints: readonly string[];
  /** An additional condition of the query. */
  where?: string;
}

/**
 * Returns the ID of a record that is given by ID or name. An ID is returned unchanged.
 * @param text an ID, or the name of a record, ignoring case
 * @param described the object's description; if it is undefined, the field `Name` is searched
 * @param field the name of the input field, which the error contains
 * @throws ToolError if not exactly one record has this name
 */
export async function recordIdOf(
  api: ProviderClient,
  object: string,
  text: string,
  described: Promise<Description | undefined>,
  field: string,
): Promise<string> {
  if (isRecordId(text)) return text;
  const description = await described;
  const known = new Set(
    description?.fields.flatMap(({ name, relationshipName }) => [name, relationshipName ?? name]),
  );
  const hints = HINTS.filter((hint) => known.has(hint.split('.', 1)[0] ?? '')).slice(0, HINTS_MAX);
  const source = { object, nameField: nameFieldOf(description), hints };
  return onlyMatch(field, `a record of ${object}`, await find(api, [source], text));
}

/**
 * Returns the ID of an active user or a queue that is given by ID, name or e-mail address.
 * @throws ToolError if not exactly one user or queue has this name or address
 */
export async function approverIdOf(api: ProviderClient, text: string): Promise<string> {
  if (isRecordId(text)) return text;
  const user = { object: 'User', where: 'IsActive = true', hints: ['Email', 'Title'] };
  const queue = { object: 'Group', where: "Type = 'Queue'", hints: ['Type'], nameField: 'Name' };
  const byName = { ...user, nameField: 'Name' };
  const isAddress = text.includes('@');
  const sources = isAddress ? [{ ...user, nameField: 'Email' }] : [byName, queue];
  return onlyMatch('next_approver_id', 'a user or a queue', await find(api, sources, text));
}

/**
 * Finds records whose name is equal to the text. If there are no such records, finds records whose name contains the
 * text.
 */
async function find(api: ProviderClient, sources: readonly NamedRecords[], text: string) {
  const search = async (how: 'exact' | 'part') =>
    (await Promise.all(sources.map((source) => query(api, source, how, text)))).flat();
  const exact = await search('exact');
  return { exact, similar: exact.length > 0 ? [] : await search('part') };
}

async function query(
  api: ProviderClient,
  { object, nameField, hints, where }: NamedRecords,
  how: 'exact' | 'part',
  text: string,
): Promise<Candidate[]> {
  const fields = [...new Set(['Id', nameField, ...hints])];
  const name = syntax(nameField);
  const condition = how === 'exact' ? soql`${name} = ${text}` : soql`${name} LIKE ${containing(text)}`;
  const all = where === undefined ? condition : `${condition} AND ${where}`;
  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm
  const { body } = await api.get(path`/query`, {
    query: {
      q: soql`SELECT ${syntax(fields.join(', '))} FROM ${syntax(object)} WHERE ${clause(all)} ORDER BY ${name} LIMIT ${syntax(String(FOUND_MAX))}`,
    },
    response: NamedRecordsResponse,
  });
  return body.records.map((record) => ({
    value: record.Id,
    label: fields
      .slice(1)
      .flatMap((field) => fieldValue(record, field) ?? [])
      .join(', '),
  }));
}
