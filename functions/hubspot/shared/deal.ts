import { id, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { numberProperty, textProperty, timeProperty } from './property.ts';
import { searchAnswer } from './search.ts';

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

export const DealsAnswer = searchAnswer(dealProperties);
type DealRecord = z.output<typeof DealsAnswer>['results'][number];

/** https://developers.hubspot.com/docs/guides/api/crm/pipelines */
export const PipelinesAnswer = z.object({
  results: z.array(z.object({ stages: z.array(z.object({ id: z.string(), label: z.string() })) })),
});

export const Deal = z.strictObject({
  id: id(),
  name: text(200).nullable(),
  stage: text(100).nullable(),
  amount: z.number().nullable(),
  currency: text(10).nullable(),
  owner_id: id().nullable(),
  last_activity_at: time().nullable(),
  next_activity_at: time().nullable(),
  url: text(300).nullable(),
});

/** A deal with the name of its stage, which the record has the ID of. */
export function dealOf({ id, url, properties }: DealRecord, pipelines: z.output<typeof PipelinesAnswer>) {
  const stage = pipelines.results
    .flatMap(({ stages }) => stages)
    .find((candidate) => candidate.id === properties.dealstage);
  return {
    id,
    name: properties.dealname,
    stage: stage?.label ?? properties.dealstage,
    amount: properties.amount,
    currency: properties.deal_currency_code,
    owner_id: properties.hubspot_owner_id,
    last_activity_at: properties.notes_last_updated,
    next_activity_at: properties.notes_next_activity_date,
    url: url ?? null,
  };
}
