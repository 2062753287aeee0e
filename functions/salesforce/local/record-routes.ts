import type { Access } from './access.ts';
import { describeObject } from './describe-object.ts';
import { externalIdField, findByExternalId } from './find-by-external-id.ts';
import type { ObjectDefinition } from './object-types.ts';
import { unusedChildrenOf } from './objects.ts';
import { rowsOf } from './organisation.ts';
import { firstPage } from './query-pages.ts';
import { chosenFields, renderRecord } from './render-record.ts';
import type { Route } from './route.ts';
import { noSuchResource } from './salesforce-error.ts';
import { upsertRecord } from './upsert-record.ts';

const RECORD_ID = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

/** The routes for an object's records, under `/sobjects`. */
export const recordRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/sobjects/:object/describe',
    answer: ({ access, parameter }) => ({
      body: describeObject(access, objectNamed(access, parameter('object'))),
    }),
  },
  {
    method: 'GET',
    path: '/sobjects/:object/:id',
    answer({ access, parameter, query }) {
      const object = objectNamed(access, parameter('object'));
      const row = access.row(object, parameter('id'));
      if (!row) throw noSuchResource();
      return { body: renderRecord(object, row, chosenFields(access, object, query('fields'))) };
    },
  },
  {
    method: 'GET',
    path: '/sobjects/:object/:key/:name',
    answer({ access, parameter, query, batchSize }) {
      const object = objectNamed(access, parameter('object'));
      const key = parameter('key');
      // The key is a record ID or the name of an external ID field. Record IDs begin with the object's prefix, and no
      // field name looks like such an ID.
      if (RECORD_ID.test(key) && key.startsWith(object.keyPrefix)) {
        return {
          body: related(access, object, {
            id: key,
            name: parameter('name'),
            fields: query('fields'),
            batchSize,
          }),
        };
      }
      const field = externalIdField(access, object, key);
      const row = findByExternalId(access, object, { field, value: parameter('name') });
      if (!row) throw noSuchResource();
      return { body: renderRecord(object, row, chosenFields(access, object, query('fields'))) };
    },
  },
  {
    method: 'PATCH',
    path: '/sobjects/:object/:key/:value',
    answer({ access, parameter, json }) {
      const object = objectNamed(access, parameter('object'));
      const field = externalIdField(access, object, parameter('key'));
      const body = upsertRecord(access, object, { field, value: parameter('value') }, json);
      return { status: body.created ? 201 : 200, body };
    },
  },
];

function objectNamed(access: Access, name: string): ObjectDefinition {
  const object = access.object(name);
  if (!object) throw noSuchResource();
  return object;
}

interface RelatedRequest {
  id: string;
  name: string;
  fields: string | undefined;
  batchSize: number;
}

/** Returns the child records of a relationship, or its parent record. */
function related(access: Access, object: ObjectDefinition, { id, name, fields, batchSize }: RelatedRequest) {
  const row = access.row(object, id);
  if (!row) throw noSuchResource();
  const isName = (candidate: string | null) => candidate?.toLowerCase() === name.toLowerCase();
  const children = access.childFields(object).find(({ field }) => isName(field.childRelationshipName));
  if (children) {
    const { child, field } = children;
    const chosen = chosenFields(access, child, fields);
    const found = rowsOf(access.organisation, child.name).filter((each) => each[field.name] === row.Id);
    const records = found.map((each) => renderRecord(child, each, chosen));
    return firstPage(access.organisation, records, batchSize);
  }
  if (unusedChildrenOf(object).some(({ relationshipName }) => isName(relationshipName))) {
    return firstPage(access.organisation, [], batchSize);
  }
  const reference = access.fields(object).find(({ relationshipName }) => isName(relationshipName));
  const parent = reference && access.parent(row, reference);
  if (!parent) throw noSuchResource();
  return renderRecord(parent.object, parent.row, chosenFields(access, parent.object, fields));
}
