import { type ProviderClient, path, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import type { Description } from './described-object.ts';
import { PAGE_HEADERS, queryPage } from './query-page.ts';
import { distinct, fieldsQuery, RecordResponse, withParentFields } from './record-fields.ts';
import { soql, syntax } from './soql.ts';

const PageResponse = queryPage(RecordResponse);
// Accepts a single record. Salesforce returns a parent as a record, and child records as a list.
const ParentResponse = RecordResponse.refine((body) => !('records' in body));
const RelatedResponse = z.union([
  PageResponse,
  ParentResponse.transform((record) => ({ records: [record], next: null })),
]);

const CANDIDATES_MAX = 5;
const NOTHING = { records: [], next: null };

export interface Related {
  records: RecordResponse[];
  /** The cursor of the next page. */
  next?: string | null | undefined;
}

// Salesforce archives activities after about a year. Only `queryAll` returns them.
const ARCHIVED: ReadonlySet<string> = new Set(['ActivityHistory', 'Event', 'OpenActivity', 'Task']);

/**
 * Returns a sentence that says that archived records are missing, or false if the relationship cannot have any.
 * Salesforce leaves archived records out of its results.
 */
export function missingArchived(description: Description | undefined, name: string): string | false {
  const children = description?.childRelationships?.find(({ relationshipName }) =>
    isSame(relationshipName, name),
  );
  return (
    ARCHIVED.has(children?.childSObject ?? '') &&
    'Archived activities, mostly those that are older than a year.'
  );
}

/** Returns whether a relationship leads to a parent. A parent is a single record, so sorting is not needed. */
export function isParent(description: Description | undefined, name: string): boolean {
  return description?.fields.some(({ relationshipName }) => isSame(relationshipName, name)) ?? false;
}

function isSame(one: string | null | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

/** A relationship of one record. */
export interface Relationship {
  object: string;
  recordId: string;
  name: string;
  fields: readonly string[];
}

/** Reads any page except the first. */
export async function relatedPage(
  api: ProviderClient,
  cursor: string,
  fields: readonly string[],
): Promise<Related> {
  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm
  const { body } = await api.get(path`/query/${cursor}`, { headers: PAGE_HEADERS, response: PageResponse });
  return { ...body, records: await withParentFields(api, body.records, fields) };
}

/**
 * Reads the first page of related records.
 * @param description description of the object, or undefined if it could not be read
 * @returns an empty page if nothing is related
 * @throws ToolError `not_found` if the record or the relationship does not exist
 */
export async function relatedRecords(
  api: ProviderClient,
  relationship: Relationship,
  description: Promise<Description | undefined>,
): Promise<Related> {
  const { object, recordId, name, fields } = relationship;
  try {
    // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_relationships.htm
    const { body } = await api.get(path`/sobjects/${object}/${recordId}/${name}`, {
      query: { fields: fieldsQuery(fields) },
      headers: PAGE_HEADERS,
      response: RelatedResponse,
    });
    return { ...body, records: await withParentFields(api, body.records, fields) };
  } catch (error) {
    if (!(error instanceof ToolError && error.code === 'not_found')) throw error;
    const described = await description;
    if (!described) throw missing('object', 'The account sees no object of this API name.');
    return whyNotFound(api, relationship, described);
  }
}

/**
 * Finds the reason for a response with status 404. Salesforce also sends this status if the lookup field is
 * empty. For an empty lookup field, returns an empty page.
 * @throws ToolError `not_found` if the record or the relationship does not exist
 */
async function whyNotFound(
  api: ProviderClient,
  { object, recordId, name }: Relationship,
  description: Description,
): Promise<Related> {
  const lookup = description.fields.find(({ relationshipName }) => isSame(relationshipName, name));
  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_retrieve_get.htm
  const { body } = await api.get(path`/sobjects/${object}/${recordId}`, {
    query: { fields: ['Id', ...(lookup ? [lookup.name] : [])].join(',') },
    response: RecordResponse,
    errors: { 404: missingRecord(object) },
  });
  if (lookup && (body[lookup.name] ?? null) === null) return NOTHING;
  if (lookup) {
    throw missing('relationship', 'The record refers to another one that the account cannot see.');
  }
  throw unknownRelationship(name, description);
}

function missingRecord(object: string) {
  return {
    code: 'not_found',
    message: `The account sees no ${object} with this ID. Check record_id, or send the record's name instead.`,
  } as const;
}

function unknownRelationship(name: string, { fields, childRelationships }: Description): ToolError {
  const names = [
    ...fields.map(({ relationshipName, referenceTo }) => ({
      value: relationshipName ?? '',
      label: (referenceTo ?? []).join(', '),
    })),
    ...(childRelationships ?? []).map(({ relationshipName, childSObject }) => ({
      value: relationshipName ?? '',
      label: childSObject ?? '',
    })),
  ];
  const stem = name.toLowerCase().replace(/(?:s|__[cr])$/, '');
  const isLike = (text: string) => text !== '' && text.toLowerCase().includes(stem);
  const candidates = names
    .filter(({ value, label }) => value !== '' && (isLike(value) || isLike(label)))
    .slice(0, CANDIDATES_MAX);
  return missing(
    'relationship',
    'The object has no relationship of this name. salesforce_describe_fields lists them.',
    candidates,
  );
}

function missing(
  field: string,
  message: string,
  candidates: { value: string; label: string }[] = [],
): ToolError {
  return new ToolError('not_found', {
    message,
    details: [
      {
        path: field,
        issue: 'matches nothing that the account can see',
        ...(candidates.length > 0 && { candidates }),
      },
    ],
  });
}

/**
 * Reads the first page of child records, sorted.
 * @param order field and direction, such as `CloseDate DESC`
 * @throws ToolError `not_found` if the record does not exist
 */
export async function orderedRecords(
  api: ProviderClient,
  { object, recordId, name, fields }: Relationship,
  order: string,
): Promise<Related> {
  const chosen = distinct(['Id', ...fields]);
  const children = z
    .record(z.string(), z.unknown())
    .transform((record) => Object.entries(record).find(([key]) => isSame(key, name))?.[1])
    .pipe(PageResponse.nullish());
  // https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_relationships_query_using.htm
  const { body } = await api.get(path`/query`, {
    query: {
      q: soql`SELECT Id, (SELECT ${syntax(chosen.join(', '))} FROM ${syntax(name)} ORDER BY ${syntax(order)} NULLS LAST) FROM ${syntax(object)} WHERE Id = ${recordId}`,
    },
    headers: PAGE_HEADERS,
    response: queryPage(children),
  });
  if (body.records.length === 0) throw new ToolError('not_found', missingRecord(object));
  return body.records[0] ?? NOTHING;
}

/**
 * Returns a sort order in the syntax of a query.
 * @param text a field, optionally with a direction, such as `CloseDate desc`
 */
export function orderOf(text: string): string {
  const [field = '', direction = 'asc'] = text.split(/\s+/);
  return `${field} ${direction.toUpperCase()}`;
}
