import type { Access } from './access.ts';
import type { FieldDefinition, ObjectDefinition } from './object-types.ts';
import { type Row, rowsOf } from './organisation.ts';
import { recordPath } from './render-record.ts';
import { SalesforceError } from './salesforce-error.ts';

/** An answer that is a list of the paths of several records. */
export class SeveralRecords extends Error {
  readonly status = 300;
  readonly body: readonly string[];

  constructor(paths: readonly string[]) {
    super('Several records have the external ID.');
    this.body = paths;
  }
}

/** @throws SalesforceError where the object has no such field, or it names no records */
export function externalIdField(access: Access, object: ObjectDefinition, name: string): FieldDefinition {
  const field = access.field(object, name);
  if (field && (field.externalId || field.idLookup)) return field;
  const told = `Provided external ID field does not exist or is not accessible: ${name}`;
  throw new SalesforceError(404, 'NOT_FOUND', told);
}

/** The record that has an external ID, compared without regard to case. @throws SeveralRecords */
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
