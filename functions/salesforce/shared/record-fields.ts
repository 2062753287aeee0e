import { id, type ProviderClient, path, providerTime, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { fieldPath } from './api-name.ts';
import { queryPage } from './query-page.ts';
import { soql, syntax } from './soql.ts';

// This many fields fit into the smallest allowed response if their texts are shortened.
const FIELDS_MAX = 20;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?(?:Z|[+-]\d{2}:?\d{2})$/;
const DECIMALS_MAX = 20;
const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A record with the requested fields and `attributes`. */
export const RecordResponse = z
  .record(z.string(), z.unknown())
  .and(z.object({ Id: id().optional(), attributes: z.object({ type: z.string() }).nullish().catch(null) }));
export type RecordResponse = z.output<typeof RecordResponse>;
const RecordsResponse = queryPage(RecordResponse);

/** Returns the input for the names of fields. It is required, because an object can have hundreds of fields. */
export function fieldsInput() {
  return z
    .array(fieldPath())
    .refine(({ length }) => length >= 1 && length <= FIELDS_MAX, {
      error: `must name 1 to ${FIELDS_MAX} fields`,
    })
    .describe('API names of fields to return, such as Due__c, or Owner.Name of a parent.');
}

/**
 * Returns the query parameter `fields`. It always contains the ID, because some responses have the ID only if it is
 * requested.
 */
export function fieldsQuery(names: readonly string[]): string {
  return distinct(['Id', ...names.filter((name) => !name.includes('.'))]).join(',');
}

/** Returns the outputs for the requested fields of a record, in the requested order. */
export function recordOutput(textMaximum: number) {
  return {
    id: id().nullable(),
    url: text(300).nullable(),
    fields: z.array(
      z.strictObject({
        name: text(200),
        value: text(textMaximum).nullable().describe('As text; a multi-select has ; between its values.'),
      }),
    ),
  };
}

/** Returns the values of the outputs in {@link recordOutput}. */
export function toRecord(record: RecordResponse, names: readonly string[]) {
  return {
    id: record.Id ?? null,
    fields: distinct(names).map((name) => ({ name, value: fieldValue(record, name) })),
  };
}

/**
 * Adds the requested fields of parent records to records. Salesforce returns such fields only in query results.
 * @param records records of one object
 * @param names requested fields; names without a dot are ignored
 */
export async function withParentFields(
  api: ProviderClient,
  records: readonly RecordResponse[],
  names: readonly string[],
): Promise<RecordResponse[]> {
  const paths = distinct(names.filter((name) => name.includes('.') && !isRead(records, name)));
  const ids = records.flatMap(({ Id }) => Id ?? []);
  const type = records.find(({ attributes }) => attributes)?.attributes?.type;
  if (paths.length === 0 || ids.length === 0 || type === undefined) return [...records];
  // https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_relationships_understanding.htm
  const { body } = await api.get(path`/query`, {
    query: {
      q: soql`SELECT ${syntax(['Id', ...paths].join(', '))} FROM ${syntax(type)} WHERE Id IN ${ids}`,
    },
    response: RecordsResponse,
  });
  const parents = new Map(body.records.map((record) => [record.Id, record]));
  return records.map((record) => ({ ...parents.get(record.Id), ...record }));
}

function isRead(records: readonly RecordResponse[], path: string): boolean {
  const [relationship = ''] = path.split('.', 1);
  return records.some((record) =>
    Object.keys(record).some((key) => key.toLowerCase() === relationship.toLowerCase()),
  );
}

/**
 * Returns a field's value as text, or null if the field is empty.
 * @param name the name of a field, or of a parent's field such as `Owner.Name`, ignoring case
 */
export function fieldValue(record: unknown, name: string): string | null {
  const [first = '', ...rest] = name.split('.');
  const entries = Object.entries(Object(record));
  const value = entries.find(([key]) => key.toLowerCase() === first.toLowerCase())?.[1];
  return rest.length === 0 ? valueText(value) : fieldValue(value, rest.join('.'));
}

/** Returns the names without duplicates, ignoring case. */
export function distinct(names: readonly string[]): string[] {
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}

/** Returns a value as text. A value with several parts, such as an address, becomes a list of its parts. */
function valueText(value: unknown): string | null {
  const scalar = Scalar.safeParse(value).data;
  if (scalar !== undefined) return scalarText(scalar);
  const parts = Object.entries(value ?? {}).flatMap(([name, part]) => {
    const known = Scalar.safeParse(part).data;
    return known === undefined ? [] : [`${name}: ${known}`];
  });
  return parts.length > 0 ? parts.join('; ') : null;
}

function scalarText(value: z.output<typeof Scalar>): string {
  if (typeof value === 'number') {
    // String() would return large numbers with an exponent. Adding 0 removes the sign of -0.
    return (value + 0).toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: DECIMALS_MAX });
  }
  const isTime = typeof value === 'string' && DATE_TIME.test(value);
  return (isTime && providerTime().safeParse(value).data) || String(value);
}
