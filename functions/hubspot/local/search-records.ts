import * as z from 'zod';
import { type CrmRecord, propertyOf, recordView } from './crm-record.ts';
import { OBJECT_TYPES } from './object-types.ts';
import { invalid, read } from './route.ts';

const PAGE_DEFAULT = 10;
const PAGE_MAX = 200;
const RECORDS_MAX = 10_000;
const FILTERS_MAX = 18;

const OPERATORS = [
  'BETWEEN',
  'CONTAINS_TOKEN',
  'EQ',
  'GT',
  'GTE',
  'HAS_PROPERTY',
  'IN',
  'LT',
  'LTE',
  'NEQ',
  'NOT_CONTAINS_TOKEN',
  'NOT_HAS_PROPERTY',
  'NOT_IN',
] as const;
const Filter = z.strictObject({
  propertyName: z.string(),
  operator: z.enum(OPERATORS),
  value: z.string().optional(),
  highValue: z.string().optional(),
  values: z.array(z.string()).optional(),
});
type Filter = z.output<typeof Filter>;
const Search = z.strictObject({
  query: z.string().max(3_000).optional(),
  filterGroups: z
    .array(z.strictObject({ filters: z.array(Filter).max(6) }))
    .max(5)
    .default([]),
  sorts: z
    .array(z.strictObject({ propertyName: z.string(), direction: z.enum(['ASCENDING', 'DESCENDING']) }))
    .max(1)
    .default([]),
  properties: z.array(z.string()).default([]),
  limit: z.int().min(0).max(PAGE_MAX).default(PAGE_DEFAULT),
  after: z.coerce.number().int().min(0).default(0),
});

/** https://developers.hubspot.com/docs/guides/api/crm/search */
export function searchRecords(objects: string, records: readonly CrmRecord[], body: unknown) {
  const search = read(Search, body);
  const filters = search.filterGroups.flatMap((group) => group.filters);
  if (filters.length > FILTERS_MAX) throw invalid(`A search has at most ${FILTERS_MAX} filters.`);
  if (search.after + search.limit > RECORDS_MAX) throw invalid('There was a problem with the request.');
  for (const filter of filters) assertFilter(objects, filter);

  const found = records.filter(
    (record) =>
      record.objects === objects &&
      hasWords(record, search.query) &&
      (search.filterGroups.length === 0 ||
        search.filterGroups.some((group) => group.filters.every((filter) => passes(record, filter)))),
  );
  const [sort = { propertyName: 'hs_object_id', direction: 'ASCENDING' as const }] = search.sorts;
  const sign = sort.direction === 'ASCENDING' ? 1 : -1;
  const sorted = found.toSorted((one, other) => inOrder(one, other, sort.propertyName, sign));
  const end = search.after + search.limit;
  return {
    total: sorted.length,
    results: sorted.slice(search.after, end).map((record) => recordView(record, search.properties)),
    ...(end < sorted.length && { paging: { next: { after: String(end) } } }),
  };
}

function assertFilter(objects: string, { propertyName, operator, value, highValue, values }: Filter): void {
  const { defaults = [], texts = [], numbers = [], times = [] } = OBJECT_TYPES.get(objects) ?? {};
  const known = [...defaults, ...texts, ...numbers, ...times, 'associations.contact'];
  if (!known.includes(propertyName)) throw invalid(`Property "${propertyName}" does not exist`);
  const isComplete =
    operator.endsWith('HAS_PROPERTY') ||
    (operator.endsWith('IN') ? Boolean(values?.length) : value !== undefined);
  if (!isComplete || (operator === 'BETWEEN' && highValue === undefined))
    throw invalid(`The filter on "${propertyName}" lacks what ${operator} compares with.`);
}

function hasWords(record: CrmRecord, query = ''): boolean {
  const text = Object.values(record.properties).join(' ').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function passes(
  record: CrmRecord,
  { propertyName, operator, value = '', highValue = '', values = [] }: Filter,
) {
  if (propertyName === 'associations.contact') return record.contactIds.includes(value);
  const own = propertyOf(record, propertyName);
  const comparable = (text: string) => comparableOf(record.objects, propertyName, text);
  if (own === null) return ['NOT_HAS_PROPERTY', 'NEQ', 'NOT_IN', 'NOT_CONTAINS_TOKEN'].includes(operator);
  const is = comparable(own);
  const given = comparable(value);
  const hasToken = () =>
    own
      .toLowerCase()
      // An entire e-mail address is a token, and each of its parts is also a token.
      .split(/[\s;,]+/)
      .flatMap((part) => [part, ...part.split(/\W+/)])
      .some((token) => wildcard(value.toLowerCase()).test(token));
  const tests: Record<Filter['operator'], () => boolean> = {
    EQ: () => is === given,
    NEQ: () => is !== given,
    LT: () => is < given,
    LTE: () => is <= given,
    GT: () => is > given,
    GTE: () => is >= given,
    BETWEEN: () => is >= given && is <= comparable(highValue),
    IN: () => values.map(comparable).includes(is),
    NOT_IN: () => !values.map(comparable).includes(is),
    HAS_PROPERTY: () => true,
    NOT_HAS_PROPERTY: () => false,
    CONTAINS_TOKEN: hasToken,
    NOT_CONTAINS_TOKEN: () => !hasToken(),
  };
  return tests[operator]();
}

function wildcard(token: string): RegExp {
  const parts = token.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

/**
 * Converts a value for comparisons. Times may be in milliseconds or ISO 8601. Text is compared in lower case.
 */
function comparableOf(objects: string, name: string, text: string): number | string {
  const { numbers = [], times = [] } = OBJECT_TYPES.get(objects) ?? {};
  if (numbers.includes(name)) return Number(text);
  if (times.includes(name)) return /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return text.toLowerCase();
}

/**
 * Compares two records by a property, for sorting. Records without a value come last in both directions.
 * Records with equal values are sorted by ID.
 */
function inOrder(one: CrmRecord, other: CrmRecord, name: string, sign: number): number {
  const [left, right] = [one, other].map((record) => {
    const value = propertyOf(record, name);
    return value === null ? undefined : comparableOf(record.objects, name, value);
  });
  if (left === right) return sign * (Number(one.id) - Number(other.id));
  if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
  return left < right ? -sign : sign;
}
