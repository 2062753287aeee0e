import { type Candidate, type ProviderClient, path, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { type Description, nameFieldOf } from './described-object.ts';
import { queryPage } from './query-page.ts';
import { fieldValue, RecordResponse } from './record-fields.ts';
import { isRecordId } from './record-id.ts';
import { clause, containing, soql, syntax } from './soql.ts';

const FOUND_MAX = 6;
const TELLING_MAX = 3;
// What tells records of one name apart, the best first. An object has some of them.
const TELLING = [
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

/** Records that people speak of by name, and the ways to find them. */
interface NamedThing {
  /** The API name of their object. */
  object: string;
  nameField: string;
  /** Fields that tell records of one name apart. */
  telling: readonly string[];
  /** A condition that all have to meet. */
  where?: string;
}

/**
 * Finds the record that an input means.
 * @param text an ID, or the name of a record, in any case
 * @param described its description; without it, the field `Name` is searched
 * @param field the input's field, for errors
 * @returns the ID
 * @throws ToolError `invalid_input` with candidates unless exactly one record has the name; `not_found` without any
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
  const telling = TELLING.filter((field) => known.has(field.split('.', 1)[0] ?? '')).slice(0, TELLING_MAX);
  const thing = { object, nameField: nameFieldOf(description), telling };
  const exact = await find(api, thing, 'exact', text);
  const [only, other] = exact;
  if (only && !other) return only.value;
  const candidates = exact.length > 0 ? exact : await find(api, thing, 'part', text);
  throw unclear(field, `a record of ${object}`, candidates);
}

/** Finds the active users and the queues of a name or an e-mail address. @throws ToolError as `recordIdOf` does */
export async function approverIdOf(api: ProviderClient, text: string): Promise<string> {
  if (isRecordId(text)) return text;
  const user = { object: 'User', where: 'IsActive = true', telling: ['Email', 'Title'] };
  const queue = { object: 'Group', where: "Type = 'Queue'", telling: ['Type'], nameField: 'Name' };
  const byName = { ...user, nameField: 'Name' };
  const isAddress = text.includes('@');
  const sources = isAddress ? [{ ...user, nameField: 'Email' }] : [byName, queue];
  const exact = (await Promise.all(sources.map((source) => find(api, source, 'exact', text)))).flat();
  const [only, other] = exact;
  if (only && !other) return only.value;
  const part = () => Promise.all(sources.map((source) => find(api, source, 'part', text)));
  const candidates = exact.length > 0 ? exact : (await part()).flat();
  throw unclear('next_approver_id', 'a user or a queue', candidates);
}

async function find(
  api: ProviderClient,
  { object, nameField, telling, where }: NamedThing,
  how: 'exact' | 'part',
  text: string,
): Promise<Candidate[]> {
  const fields = [...new Set(['Id', nameField, ...telling])];
  const name = syntax(nameField);
  const condition = how === 'exact' ? soql`${name} = ${text}` : soql`${name} LIKE ${containing(text)}`;
  const all = where === undefined ? condition : `${condition} AND ${where}`;
  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm
  const { body } = await api.get(path`/query`, {
    query: {
      q: soql`SELECT ${syntax(fields.join(', '))} FROM ${syntax(object)} WHERE ${clause(all)} ORDER BY ${name} LIMIT ${syntax(String(FOUND_MAX))}`,
    },
    response: queryPage(RecordResponse.and(z.object({ Id: z.string() }))),
  });
  return body.records.map((record) => ({
    value: record.Id,
    label: fields
      .slice(1)
      .flatMap((field) => fieldValue(record, field) ?? [])
      .join(', '),
  }));
}

function unclear(field: string, what: string, candidates: readonly Candidate[]): ToolError {
  if (candidates.length === 0) {
    return new ToolError('not_found', {
      message: `Nothing that the account can see has this name. Give the ID, the link or the exact name of ${what}.`,
      details: [{ path: field, issue: 'names nothing at Salesforce' }],
    });
  }
  return new ToolError('invalid_input', {
    message: 'The name does not fit exactly one record. Ask the user which one is meant, and send its value.',
    details: [{ path: field, issue: 'must name exactly one', candidates: [...candidates] }],
  });
}
