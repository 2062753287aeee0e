import * as z from 'zod';
import type { Access } from './access.ts';
import { checkValue, missing } from './check-values.ts';
import { findByExternalId } from './find-by-external-id.ts';
import type { FieldDefinition, ObjectDefinition } from './object-types.ts';
import { addRow, type Row, rowsOf, salesforceTime, type Value } from './organisation.ts';
import { SalesforceError } from './salesforce-error.ts';

const Values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** Updates the record with an external ID, or creates it. @throws SalesforceError */
export function upsertRecord(
  access: Access,
  object: ObjectDefinition,
  key: { field: FieldDefinition; value: string },
  body: unknown,
): { id: string; success: true; created: boolean; errors: [] } {
  const row = findByExternalId(access, object, key);
  const values = Values.safeParse(body).data;
  if (!values) throw new SalesforceError(400, 'JSON_PARSER_ERROR', 'Unexpected value at [line:1, column:1]');
  if (!access.mayWrite(object)) {
    throw new SalesforceError(
      403,
      'INSUFFICIENT_ACCESS_OR_READONLY',
      'insufficient access rights on object id',
      [],
    );
  }
  const fields = writtenFields(access, object, key.field, values, row !== undefined);
  if (row && isLocked(access, row)) {
    const message = 'The record is locked. If you need to edit this record please contact your admin';
    throw new SalesforceError(400, 'ENTITY_IS_LOCKED', message, []);
  }
  for (const { field, value } of fields) {
    checkValue(access, object, field, value);
    if (field.unique) checkUnique(access, object, field, value, row);
  }
  const written = Object.fromEntries(fields.map(({ field, value }) => [field.name, stored(field, value)]));
  if (row) {
    Object.assign(row, written, { LastModifiedDate: salesforceTime(new Date()) });
    return { id: row.Id, success: true, created: false, errors: [] };
  }
  const initial = { ...defaults(access, object), [key.field.name]: key.value, ...written };
  const absent = object.fields.filter(
    ({ name, createable, nillable, defaultedOnCreate }) =>
      createable && !nillable && !defaultedOnCreate && !(name in initial),
  );
  if (absent.length > 0) throw missing(absent.map(({ name }) => name));
  return { id: addRow(access.organisation, object, initial).Id, success: true, created: true, errors: [] };
}

function writtenFields(
  access: Access,
  object: ObjectDefinition,
  keyField: FieldDefinition,
  values: Record<string, Value>,
  isUpdate: boolean,
) {
  return Object.entries(values).map(([name, value]) => {
    const field = access.field(object, name);
    if (!field)
      throw new SalesforceError(
        400,
        'INVALID_FIELD',
        `No such column '${name}' on sobject of type ${object.name}`,
      );
    if (field.name === 'Id' || field.name === keyField.name) {
      throw new SalesforceError(
        400,
        'INVALID_FIELD',
        `The ${field.name} field should not be specified in the sobject data.`,
      );
    }
    if (!(isUpdate ? field.updateable : field.createable)) {
      const message = `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`;
      throw new SalesforceError(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', message, [field.name]);
    }
    return { field, value };
  });
}

function checkUnique(
  access: Access,
  object: ObjectDefinition,
  { name }: FieldDefinition,
  value: Value,
  self: Row | undefined,
) {
  const other = rowsOf(access.organisation, object.name).find(
    (row) => row !== self && value !== null && row[name] === value,
  );
  if (!other) return;
  const message = `duplicate value found: ${name} duplicates value on record with id: ${other.Id.slice(0, 15)}`;
  throw new SalesforceError(400, 'DUPLICATE_VALUE', message, []);
}

/** Returns whether the record is locked, because it waits for an approval. */
function isLocked(access: Access, { Id }: Row): boolean {
  return rowsOf(access.organisation, 'ProcessInstance').some(
    ({ TargetObjectId, Status }) => TargetObjectId === Id && Status === 'Pending',
  );
}

function defaults({ userId }: Access, { fields }: ObjectDefinition): Record<string, Value> {
  const chosen = fields.flatMap(({ name, picklistValues }): [string, Value][] =>
    picklistValues.flatMap(({ defaultValue, value }) => (defaultValue ? [[name, value]] : [])),
  );
  return {
    ...(fields.some(({ name }) => name === 'OwnerId') && { OwnerId: userId }),
    ...Object.fromEntries(chosen),
  };
}

function stored({ type }: FieldDefinition, value: Value): Value {
  if (value === null) return null;
  if (type === 'double' || type === 'currency' || type === 'int') return Number(value);
  if (type === 'boolean') return value === true || value === 'true';
  return String(value);
}
