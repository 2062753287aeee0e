import { id, type ProviderClient, path, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { batchErrors, batchesOf, isPartial, reasonOf, textProperty } from './crm-records.ts';
import { NAMED_RECORDS, nameOf } from './named-record.ts';

const AssociationsResponse = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: id() }),
      to: z.array(z.object({ toObjectId: z.union([z.string(), z.int()]).transform(String) })),
    }),
  ),
  errors: batchErrors,
});

const RecordsResponse = z.object({
  results: z.array(z.object({ id: id(), properties: z.record(z.string(), textProperty) })),
  errors: batchErrors,
});

/** A contact or company that is associated with another record. */
export interface AssociatedRecord {
  id: string;
  name: string | null;
  /** Null for companies. */
  email: string | null;
}

/**
 * Reads the contacts or companies that are associated with records.
 * @param ofEach the maximum number of associated records for each record
 * @returns `of` returns the associated records of the record with this ID. `missing` is a sentence if some
 * records could not be read, or false.
 */
export async function associatedRecords(
  api: ProviderClient,
  from: 'deals' | 'invoices' | 'orders',
  recordIds: readonly string[],
  kind: 'contact' | 'company',
  ofEach: number,
): Promise<{ of(recordId: string): AssociatedRecord[]; missing: string | false }> {
  const { objects, names } = NAMED_RECORDS[kind];
  try {
    const associations = await Promise.all(
      batchesOf(recordIds).map((ids) => readAssociations(api, from, ids, objects)),
    );
    const related = new Map(
      associations
        .flatMap(({ results }) => results)
        .map((result) => [result.from.id, [...new Set(result.to.map(({ toObjectId }) => toObjectId))]]),
    );
    const wanted = [...new Set([...related.values()].flatMap((ids) => ids.slice(0, ofEach)))];
    const properties = [...names, ...(kind === 'contact' ? ['email'] : [])];
    const records = await Promise.all(
      batchesOf(wanted).map((ids) => readRecords(api, objects, ids, properties)),
    );
    const byId = new Map(
      records.flatMap(({ results }) => results).map((record) => [record.id, record.properties]),
    );
    const isCut = [...associations, ...records].some(({ errors }) => isPartial(errors));
    return {
      of: (recordId) =>
        (related.get(recordId) ?? []).slice(0, ofEach).map((relatedId) => {
          const found = byId.get(relatedId) ?? {};
          return { id: relatedId, name: nameOf(kind, found), email: found.email ?? null };
        }),
      missing: isCut && `Some of the ${objects}: HubSpot did not return them.`,
    };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { of: () => [], missing: `The ${objects}: ${reasonOf(error, objects)}.` };
  }
}

async function readAssociations(api: ProviderClient, from: string, ids: readonly string[], to: string) {
  // https://developers.hubspot.com/docs/guides/api/crm/associations/associations-v4
  const { body } = await api.post(path`/crm/v4/associations/${from}/${to}/batch/read`, {
    json: { inputs: ids.map((recordId) => ({ id: recordId })) },
    response: AssociationsResponse,
  });
  return body;
}

async function readRecords(
  api: ProviderClient,
  objects: string,
  ids: readonly string[],
  properties: readonly string[],
) {
  // https://developers.hubspot.com/docs/guides/api/crm/objects/contacts
  const { body } = await api.post(path`/crm/v3/objects/${objects}/batch/read`, {
    json: { inputs: ids.map((recordId) => ({ id: recordId })), properties },
    response: RecordsResponse,
  });
  return body;
}
