import type { FieldDefinition, ObjectDefinition } from './object-types.ts';
import { childFieldsOf, objectNamed } from './objects.ts';
import { isSameId, type Organisation, type Row, rowsOf } from './organisation.ts';

/** The objects and fields that a user cannot see or write. Everything else is allowed. */
export interface Permissions {
  hiddenObjects: readonly string[];
  readOnlyObjects: readonly string[];
  /** Fields with their object, such as `Account.AnnualRevenue`. */
  hiddenFields: readonly string[];
}

/** The organisation's data, limited to the records and fields that one user may see. */
export class Access {
  readonly userId: string;
  readonly organisation: Organisation;
  readonly #permissions: Permissions;

  constructor(organisation: Organisation, userId: string, permissions: Permissions) {
    this.organisation = organisation;
    this.userId = userId;
    this.#permissions = permissions;
  }

  object(name: string): ObjectDefinition | undefined {
    const found = objectNamed(name);
    return found && !this.#permissions.hiddenObjects.includes(found.name) ? found : undefined;
  }

  fields({ name, fields }: ObjectDefinition): FieldDefinition[] {
    return fields.filter((field) => !this.#permissions.hiddenFields.includes(`${name}.${field.name}`));
  }

  field(object: ObjectDefinition, name: string): FieldDefinition | undefined {
    return this.fields(object).find((field) => field.name.toLowerCase() === name.toLowerCase());
  }

  childFields(object: ObjectDefinition) {
    return childFieldsOf(object).filter(({ child }) => this.object(child.name));
  }

  mayWrite({ name }: ObjectDefinition): boolean {
    return !this.#permissions.readOnlyObjects.includes(name);
  }

  row({ name }: ObjectDefinition, id: string): Row | undefined {
    return rowsOf(this.organisation, name).find((row) => isSameId(row.Id, id));
  }

  /**
   * Returns the record that a reference field points to, or undefined if the field is empty or the user cannot see the
   * record.
   */
  parent(
    row: Row,
    { name, referenceTo }: FieldDefinition,
  ): { object: ObjectDefinition; row: Row } | undefined {
    const id = row[name];
    if (typeof id !== 'string') return undefined;
    for (const parentName of referenceTo) {
      const object = this.object(parentName);
      const parent = object && id.startsWith(object.keyPrefix) ? this.row(object, id) : undefined;
      if (object && parent) return { object, row: parent };
    }
    return undefined;
  }
}
