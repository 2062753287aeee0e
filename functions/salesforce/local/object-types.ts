/** The description of a field. The keys are the same as in Salesforce's responses. */
export interface FieldDefinition {
  name: string;
  label: string;
  type: string;
  length: number;
  nameField: boolean;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  defaultedOnCreate: boolean;
  externalId: boolean;
  idLookup: boolean;
  unique: boolean;
  referenceTo: string[];
  relationshipName: string | null;
  /** The name of the relationship in the opposite direction, from the referenced record to its children. */
  childRelationshipName: string | null;
  /** The field that decides which values of a dependent picklist are valid. */
  controllerName: string | null;
  dependentPicklist: boolean;
  picklistValues: { active: boolean; defaultValue: boolean; label: string; value: string }[];
}

export interface ObjectDefinition {
  name: string;
  label: string;
  keyPrefix: string;
  fields: FieldDefinition[];
}

const LENGTHS: Readonly<Record<string, number>> = {
  string: 255,
  textarea: 32_000,
  email: 80,
  phone: 40,
  picklist: 255,
};

/** Returns a field. By default, the field is optional and everybody may write it. */
export function field(
  name: string,
  label: string,
  type: string,
  rest: Partial<FieldDefinition> = {},
): FieldDefinition {
  return {
    name,
    label,
    type,
    length: LENGTHS[type] ?? 0,
    nameField: false,
    nillable: true,
    createable: true,
    updateable: true,
    defaultedOnCreate: false,
    externalId: false,
    idLookup: false,
    unique: false,
    referenceTo: [],
    relationshipName: null,
    childRelationshipName: null,
    controllerName: null,
    dependentPicklist: false,
    picklistValues: [],
    ...rest,
  };
}

export const required = { nillable: false } as const;
const readOnly = { nillable: false, createable: false, updateable: false, defaultedOnCreate: true } as const;

/** @param controllerName the field that decides which values are valid */
export function picklist(
  name: string,
  label: string,
  values: readonly string[],
  controllerName: string | null = null,
): FieldDefinition {
  const [first] = values;
  return field(name, label, 'picklist', {
    controllerName,
    dependentPicklist: controllerName !== null,
    picklistValues: values.map((value) => ({
      active: true,
      defaultValue: value === first && controllerName === null,
      label: value,
      value,
    })),
  });
}

export function externalId(
  name: string,
  label: string,
  rest: Partial<FieldDefinition> = {},
): FieldDefinition {
  return field(name, label, 'string', { externalId: true, idLookup: true, ...rest });
}

/** @param relationship the names of the relationship to the parent, and of the relationship back to the children */
export function reference(
  name: string,
  label: string,
  referenceTo: string[],
  relationship: readonly [there: string | null, back: string | null],
  rest: Partial<FieldDefinition> = {},
): FieldDefinition {
  const [relationshipName, childRelationshipName] = relationship;
  return field(name, label, 'reference', {
    length: 18,
    referenceTo,
    relationshipName,
    childRelationshipName,
    ...rest,
  });
}

/** Returns an object with the fields that all objects have. */
export function object(
  name: string,
  label: string,
  keyPrefix: string,
  fields: readonly FieldDefinition[],
): ObjectDefinition {
  return {
    name,
    label,
    keyPrefix,
    fields: [
      field('Id', 'Record ID', 'id', { ...readOnly, length: 18, idLookup: true }),
      ...fields,
      field('CreatedDate', 'Created Date', 'datetime', readOnly),
      field('LastModifiedDate', 'Last Modified Date', 'datetime', readOnly),
    ],
  };
}
