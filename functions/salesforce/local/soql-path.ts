import type { Access } from './access.ts';
import { type FieldDefinition, field, type ObjectDefinition } from './object-types.ts';
import type { Row, Value } from './organisation.ts';
import { fieldValue, renderRecord } from './render-record.ts';
import { noSuchColumn, SalesforceError } from './salesforce-error.ts';

// If a reference field may point to several types of objects, a query can use only these fields of the
// referenced record.
const ANY_OBJECT: ObjectDefinition = {
  name: 'Name',
  label: 'Name',
  keyPrefix: '',
  fields: [field('Id', 'ID', 'id'), field('Name', 'Name', 'string'), field('Type', 'Type', 'picklist')],
};

/**
 * Returns the field at the end of a path such as Account.Owner.Name.
 * @throws SalesforceError if a field in the path does not exist
 */
export function fieldAt(access: Access, object: ObjectDefinition, path: string): FieldDefinition {
  const [first = '', ...rest] = path.split('.');
  if (rest.length > 0) {
    const { target } = relationship(access, object, first);
    return fieldAt(access, target, rest.join('.'));
  }
  const found = access.field(object, first);
  if (!found) throw noSuchColumn(first, object.name);
  return found;
}

/** Returns the value at the end of a path, or null if a reference in the path is empty. */
export function valueAt(access: Access, object: ObjectDefinition, row: Row, path: string): Value {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    const found = fieldAt(access, object, first);
    const value = fieldValue(row, found);
    return typeof value === 'object' ? null : value;
  }
  const parent = parentAt(access, object, row, first);
  return parent ? valueAt(access, parent.object, parent.row, rest.join('.')) : null;
}

/** Returns a record with the values at these paths, as nested objects. */
export function renderPaths(
  access: Access,
  object: ObjectDefinition,
  row: Row,
  paths: readonly string[],
): Record<string, unknown> {
  const own = paths.filter((path) => !path.includes('.')).map((path) => fieldAt(access, object, path));
  const further = Map.groupBy(
    paths.filter((path) => path.includes('.')),
    (path) => path.split('.', 1)[0]?.toLowerCase() ?? '',
  );
  const parents = [...further].map(([name, parentPaths]) => {
    const { reference } = relationship(access, object, name);
    const parent = parentAt(access, object, row, name);
    const rest = parentPaths.map((path) => path.slice(name.length + 1));
    return [reference.relationshipName, parent ? renderPaths(access, parent.object, parent.row, rest) : null];
  });
  return { ...renderRecord(object, row, own), ...Object.fromEntries(parents) };
}

function relationship(access: Access, object: ObjectDefinition, name: string) {
  const reference = access
    .fields(object)
    .find(({ relationshipName }) => relationshipName?.toLowerCase() === name.toLowerCase());
  const [only, ...others] = reference?.referenceTo ?? [];
  const target = others.length > 0 ? ANY_OBJECT : access.object(only ?? '');
  if (reference && target) return { reference, target };
  throw new SalesforceError(
    400,
    'INVALID_FIELD',
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

function parentAt(access: Access, object: ObjectDefinition, row: Row, name: string) {
  const { reference, target } = relationship(access, object, name);
  const parent = access.parent(row, reference);
  if (!parent || target !== ANY_OBJECT) return parent;
  const { Id, Name, CaseNumber } = parent.row;
  return { object: ANY_OBJECT, row: { Id, Name: Name ?? CaseNumber ?? null, Type: parent.object.name } };
}
