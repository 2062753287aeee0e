import type { Access } from './access.ts';
import type { FieldDefinition, ObjectDefinition } from './object-types.ts';
import { type Row, rowsOf } from './organisation.ts';
import { recordPath } from './render-record.ts';
import { SalesforceError } from './salesforce-error.ts';

/** Thrown if several records have the external ID. The response then contains a list of their paths. */
export class SeveralRecords extends Error {
  readonly status = 300;
  readonly body: readonly string[];

  constructor(paths: readonly string[]) {
    super('Several records have the external ID.');
    this.body = paths;
  }
}

/**
 * Returns the external ID field with this name.
 * @throws SalesforceError if the object has no such field, or if the field is not an external ID field
 */
export function externalIdField(access: Access, object: ObjectDefinition, name: string): FieldDefinition {
  const field = access.field(object, name);
  if (field && (field.externalId || field.idLookup)) return field;
  const message = `Provided external ID field does not exist or is not accessible: ${name}`;
  throw new SalesforceError(404, 'NOT_FOUND', message);
}

/** Returns the record with an external ID, ignoring case. @throws SeveralRecords */
export function findByExternalId(
  access: Access,
  object: ObjectDefinition,
  { field, value }: { field: FieldDefinition; value: string },
): Row | undefined {
  const found = rowsOf(access.organisation, object.name).filter(
    (row) => String(row[field.name] ?? '').toLowerCase() === value.toLowerCase(),
  );
  if (found.length > 1) throw new SeveralRecords(found.map((row) => recordPath(object, row)));
  return found[0];
}
