import { id, providerTime, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { apiName } from './api-name.ts';

// With shortened texts, so many fit into the smallest answer.
const FIELDS_MAX = 20;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{4}$/;
const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A record in an answer: the fields that were asked for, and `attributes`. */
export const SalesforceRecord = z.record(z.string(), z.unknown()).and(z.object({ Id: id().optional() }));
type SalesforceRecord = z.output<typeof SalesforceRecord>;

/** The input that chooses fields; without it Salesforce gives all of the hundreds that an object can have. */
export function fieldsInput() {
  return z.array(apiName()).min(1).max(FIELDS_MAX).describe('Fields to return, such as Amount__c.');
}

/** The same as `fields` of a request. The ID is asked for too, since not every answer gives it by itself. */
export function fieldsQuery(names: readonly string[]): string {
  return [...byName(['Id', ...names]).values()].join(',');
}

/** The chosen fields of a record, in the order of the choice. */
export function recordOutput(textMaximum: number) {
  return {
    id: id().nullable(),
    fields: z.array(
      z.strictObject({
        name: text(80),
        value: text(textMaximum)
          .nullable()
          .describe('As text, null where empty; values of a multi-select with ; between.'),
      }),
    ),
  };
}

/** What `recordOutput` declares, of a record in an answer. */
export function chosenFields(record: SalesforceRecord, names: readonly string[]) {
  // Salesforce takes names in any case, and answers with its own.
  const values = new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));
  const chosen = [...byName(names).values()];
  return {
    id: record.Id ?? null,
    fields: chosen.map((name) => ({ name, value: valueText(values.get(name.toLowerCase())) })),
  };
}

function byName(names: readonly string[]): Map<string, string> {
  return new Map(names.map((name) => [name.toLowerCase(), name]));
}

/** A value as one text; of a compound one, such as an address, the parts that are not empty. */
function valueText(value: unknown): string | null {
  const scalar = Scalar.safeParse(value).data;
  if (scalar !== undefined) return scalarText(scalar);
  const parts = Object.entries(value ?? {}).flatMap(([name, part]) => {
    const known = Scalar.safeParse(part).data;
    return known === undefined ? [] : [`${name}: ${known}`];
  });
  return parts.length > 0 ? parts.join('; ') : null;
}

function scalarText(value: z.output<typeof Scalar>): string {
  const isTime = typeof value === 'string' && DATE_TIME.test(value);
  return (isTime && providerTime().safeParse(value).data) || String(value);
}
