import type { Access } from './access.ts';
import type { FieldDefinition, ObjectDefinition } from './object-types.ts';
import { type Row, rowsOf, type Value } from './organisation.ts';
import { SalesforceError } from './salesforce-error.ts';
import { type Condition, type Literal, parseSoql, type Query } from './soql-parser.ts';
import { fieldAt, renderPaths, valueAt } from './soql-path.ts';

const OFFSET_MAX = 2_000;
const UNQUOTED = new Set(['boolean', 'currency', 'date', 'datetime', 'double', 'int']);

/** Returns the records that match a query, in the format of Salesforce's responses. @throws SalesforceError */
export function runSoql(access: Access, text: string): Record<string, unknown>[] {
  const query = parseSoql(text);
  const object = access.object(query.from);
  if (!object)
    throw new SalesforceError(400, 'INVALID_TYPE', `sObject type '${query.from}' is not supported.`);
  return recordsOf(access, object, query, rowsOf(access.organisation, object.name));
}

function recordsOf(
  access: Access,
  object: ObjectDefinition,
  { paths, children, where, orderBy, limit, offset }: Query,
  rows: readonly Row[],
): Record<string, unknown>[] {
  if (offset > OFFSET_MAX) {
    throw new SalesforceError(
      400,
      'NUMBER_OUTSIDE_VALID_RANGE',
      `Maximum SOQL offset allowed is ${OFFSET_MAX}`,
    );
  }
  for (const path of [...paths, ...orderBy.map((order) => order.path)]) fieldAt(access, object, path);
  const holds = where ? conditionOf(access, object, where) : () => true;

  const found = rows.filter(holds);
  const sorted = found.toSorted((one, other) => {
    for (const { path, isDescending } of orderBy) {
      const order = compared(valueAt(access, object, one, path), valueAt(access, object, other, path));
      if (order !== 0) return isDescending ? -order : order;
    }
    return 0;
  });
  const end = limit === undefined ? undefined : offset + limit;
  return sorted.slice(offset, end).map((row) => ({
    ...renderPaths(access, object, row, paths),
    ...Object.fromEntries(children.map((child) => childrenOf(access, object, row, child))),
  }));
}

/** Returns the children of a record as a nested page, or null if the record has no children. */
function childrenOf(
  access: Access,
  object: ObjectDefinition,
  row: Row,
  query: Query,
): [string, { totalSize: number; done: boolean; records: unknown[] } | null] {
  const found = access
    .childFields(object)
    .find(({ field }) => field.childRelationshipName?.toLowerCase() === query.from.toLowerCase());
  if (!found) {
    const message = `Didn't understand relationship '${query.from}' in FROM part of query call.`;
    throw new SalesforceError(400, 'INVALID_TYPE', message);
  }
  const { child, field } = found;
  const rows = rowsOf(access.organisation, child.name).filter((each) => each[field.name] === row.Id);
  const records = recordsOf(access, child, query, rows);
  const page = records.length > 0 ? { totalSize: records.length, done: true, records } : null;
  return [field.childRelationshipName ?? query.from, page];
}

type Test = (row: Row) => boolean;

function conditionOf(access: Access, object: ObjectDefinition, condition: Condition): Test {
  if (condition.kind === 'not') {
    const negated = conditionOf(access, object, condition.condition);
    return (row) => !negated(row);
  }
  if (condition.kind === 'comparison') {
    const { path, operator, literals } = condition;
    const field = fieldAt(access, object, path);
    const values = literals.map((literal) => valueOfLiteral(literal, field));
    return (row) => compares(valueAt(access, object, row, path), operator, values, field);
  }
  const tests = condition.conditions.map((each) => conditionOf(access, object, each));
  return condition.kind === 'and'
    ? (row) => tests.every((test) => test(row))
    : (row) => tests.some((test) => test(row));
}

function valueOfLiteral({ kind, value }: Literal, { name, type }: FieldDefinition): Value {
  if (kind === 'word' && /^null$/i.test(value)) return null;
  if (UNQUOTED.has(type) === (kind === 'text') || (kind === 'word' && type !== 'boolean')) {
    const quotes = kind === 'text' ? 'should not be enclosed in quotes' : 'should be enclosed in quotes';
    throw new SalesforceError(
      400,
      'INVALID_FIELD',
      `value of filter criterion for field '${name}' must be of type ${type} and ${quotes}`,
    );
  }
  if (type === 'boolean') return /^true$/i.test(value);
  if (type === 'datetime') return new Date(value).toISOString().replace('Z', '+0000');
  return type === 'double' || type === 'currency' || type === 'int' ? Number(value) : value;
}

function compares(
  value: Value,
  operator: string,
  literals: readonly Value[],
  { type }: FieldDefinition,
): boolean {
  const [literal = null] = literals;
  if (operator === 'LIKE') return like(String(value ?? ''), String(literal ?? ''));
  const isSame = (other: Value) =>
    type === 'id' || type === 'reference'
      ? String(value).slice(0, 15) === String(other).slice(0, 15)
      : compared(value, other) === 0;
  if (operator === 'IN') return literals.some(isSame);
  if (operator === '=') return isSame(literal);
  if (operator === '!=' || operator === '<>') return !isSame(literal);
  if (value === null || literal === null) return false;
  const order = compared(value, literal);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** Compares two values in Salesforce's sort order, which ignores case and puts empty values first. */
function compared(one: Value, other: Value): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  if (typeof one === 'string' && typeof other === 'string') {
    const [first, second] = [one.toLowerCase(), other.toLowerCase()];
    return Number(first > second) - Number(first < second);
  }
  return Number(one > other) - Number(one < other);
}

function like(value: string, pattern: string): boolean {
  const source = pattern.replace(/\\[%_]|[%_]|[^%_\\]+|\\/g, (part) => {
    if (part === '%') return '[^]*';
    if (part === '_') return '[^]';
    return escaped(part.length > 1 && part.startsWith('\\') ? part.slice(1) : part);
  });
  return new RegExp(`^${source}$`, 'i').test(value);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
