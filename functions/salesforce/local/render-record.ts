import type { Access } from './access.ts';
import type { FieldDefinition, ObjectDefinition } from './object-types.ts';
import type { Row } from './organisation.ts';
import { API } from './route.ts';
import { noSuchColumn } from './salesforce-error.ts';

// Marks a text that {@link toJson} writes as a number.
const NUMBER_MARK = '#number:';

function exactNumber(digits: string): string {
  return NUMBER_MARK + digits;
}

// Salesforce writes numbers from this value on with an exponent, such as 1.84E7.
const EXPONENT_FROM = 10_000_000;

function withExponent(_: string, value: unknown): unknown {
  if (typeof value !== 'number' || value < EXPONENT_FROM) return value;
  const [mantissa = '', exponent = ''] = value.toExponential().split('e+');
  return exactNumber(`${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent}`);
}

/** Returns a response body as JSON in which numbers have all their digits. */
export function toJson(body: unknown): string {
  return JSON.stringify(body, withExponent).replace(/"#number:(-?\d+(?:\.\d+)?(?:E\d+)?)"/g, '$1');
}

export const recordPath = ({ name }: ObjectDefinition, { Id }: Row) => `${API}/sobjects/${name}/${Id}`;

/** Returns a record with the given fields, in the format of Salesforce's responses. */
export function renderRecord(object: ObjectDefinition, row: Row, fields: readonly FieldDefinition[]) {
  return {
    attributes: { type: object.name, url: recordPath(object, row) },
    ...Object.fromEntries(fields.map((field) => [field.name, fieldValue(row, field)])),
  };
}

export function fieldValue(row: Row, { name, type }: FieldDefinition) {
  if (type === 'boolean') return row[name] ?? false;
  if (type === 'address') return addressOf(row, name.replace(/Address$/, ''));
  const value = row[name] ?? null;
  // A number with too many digits for JavaScript is stored as text.
  return type === 'double' && typeof value === 'string' ? exactNumber(value) : value;
}

/**
 * Returns the requested fields. If the request names no fields, returns all fields that the user can read.
 */
export function chosenFields(access: Access, object: ObjectDefinition, names: string | undefined) {
  if (names === undefined) return access.fields(object);
  const chosen = names.split(',').map((name) => name.trim());
  return [...chosen, 'Id'].map((name) => {
    const found = access.field(object, name);
    if (!found) throw noSuchColumn(name, object.name);
    return found;
  });
}

function addressOf(row: Row, prefix: string) {
  const [city, street] = [row[`${prefix}City`] ?? null, row[`${prefix}Street`] ?? null];
  if (city === null && street === null) return null;
  return {
    city,
    country: null,
    geocodeAccuracy: null,
    latitude: null,
    longitude: null,
    postalCode: null,
    state: null,
    street,
  };
}
