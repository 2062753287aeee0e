import { id, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import type { AssociatedRecord } from './associated-records.ts';
import { numberProperty, textProperty, timeProperty } from './property.ts';
import { searchResponse } from './search.ts';

/** https://developers.hubspot.com/docs/guides/api/crm/objects/deals */
export const dealProperties = {
  dealname: textProperty,
  dealstage: textProperty,
  amount: numberProperty,
  deal_currency_code: textProperty,
  hubspot_owner_id: textProperty,
  notes_last_updated: timeProperty,
  notes_next_activity_date: timeProperty,
};

export const DealsResponse = searchResponse(dealProperties);
type DealResponse = z.output<typeof DealsResponse>['results'][number];

/** https://developers.hubspot.com/docs/guides/api/crm/pipelines */
export const PipelinesResponse = z.object({
  results: z.array(z.object({ stages: z.array(z.object({ id: z.string(), label: z.string() })) })),
});

export const DealOutput = z.strictObject({
  id: id(),
  name: text(200).nullable(),
  stage: text(100).nullable(),
  amount: z.number().nullable(),
  currency: text(10).nullable(),
  owner_id: id().nullable(),
  owner_name: text(200).nullable(),
  contacts: z
    .array(z.strictObject({ id: id(), name: text(200).nullable(), email: text(254).nullable() }))
    .describe('The first three.'),
  last_activity_at: time().nullable(),
  next_activity_at: time().nullable(),
  url: text(300).nullable(),
});

/** A deal with the name of its stage, of which the record has only the ID. */
export function toDeal(
  { id: dealId, url, properties }: DealResponse,
  pipelines: z.output<typeof PipelinesResponse>,
  owners: ReadonlyMap<string, string>,
  contacts: AssociatedRecord[],
) {
  const stage = pipelines.results
    .flatMap(({ stages }) => stages)
    .find((candidate) => candidate.id === properties.dealstage);
  return {
    id: dealId,
    name: properties.dealname,
    stage: stage?.label ?? properties.dealstage,
    amount: properties.amount,
    currency: properties.deal_currency_code,
    owner_id: properties.hubspot_owner_id,
    owner_name: owners.get(properties.hubspot_owner_id ?? '') ?? null,
    contacts,
    last_activity_at: properties.notes_last_updated,
    next_activity_at: properties.notes_next_activity_date,
    url: url ?? null,
  };
}
