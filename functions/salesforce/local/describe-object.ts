import type { Access } from './access.ts';
import type { ObjectDefinition } from './object-types.ts';
import { unusedChildrenOf } from './objects.ts';
import { API } from './route.ts';

export function pluralOf(label: string): string {
  return label.endsWith('y') ? `${label.slice(0, -1)}ies` : `${label}s`;
}

/** Returns the description of an object. It contains only the fields and relationships that the user may see. */
export function describeObject(access: Access, object: ObjectDefinition) {
  const { name, label, keyPrefix } = object;
  const isWritable = access.mayWrite(object);
  return {
    name,
    label,
    labelPlural: pluralOf(label),
    custom: name.endsWith('__c'),
    keyPrefix,
    createable: isWritable,
    updateable: isWritable,
    deletable: isWritable,
    queryable: true,
    fields: access.fields(object).map(({ childRelationshipName: _, ...field }) => ({
      ...field,
      createable: field.createable && isWritable,
      updateable: field.updateable && isWritable,
      calculated: false,
      custom: field.name.endsWith('__c'),
      filterable: field.type !== 'textarea',
      sortable: field.type !== 'textarea',
    })),
    childRelationships: [
      ...access.childFields(object).map(({ child, field }) => ({
        childSObject: child.name,
        field: field.name,
        relationshipName: field.childRelationshipName,
      })),
      ...unusedChildrenOf(object),
      // Salesforce also lists relationships without a name. A query cannot use such a relationship.
      { childSObject: 'AggregateResult', field: `${name}Id`, relationshipName: null },
    ].map((relationship) => ({ ...relationship, cascadeDelete: false })),
    recordTypeInfos: [],
    urls: {
      sobject: `${API}/sobjects/${name}`,
      describe: `${API}/sobjects/${name}/describe`,
      rowTemplate: `${API}/sobjects/${name}/{ID}`,
      uiDetailTemplate: 'https://harborbikes.my.salesforce.example/{ID}',
    },
  };
}
