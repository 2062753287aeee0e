import * as z from 'zod';
import { recordView } from './crm-record.ts';
import { OBJECT_TYPES } from './object-types.ts';
import { invalid, invalidProperties, read } from './route.ts';
import { addRecord, type HubSpotState } from './state.ts';

const COMMUNICATION_TO_CONTACT = 81;
const CHANNELS = ['SMS', 'WHATS_APP', 'LINKEDIN_MESSAGE'];

const NewCommunication = z.strictObject({
  properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  associations: z
    .array(
      z.strictObject({
        to: z.strictObject({ id: z.string() }),
        types: z
          .array(
            z.strictObject({
              associationCategory: z.string(),
              associationTypeId: z.literal(COMMUNICATION_TO_CONTACT),
            }),
          )
          .min(1),
      }),
    )
    .default([]),
});

/** Logs a message that was sent outside HubSpot. The timeline sorts the message by the time in `hs_timestamp`. */
export function newCommunication(state: HubSpotState, body: unknown) {
  const { properties, associations } = read(NewCommunication, body);
  assertProperties(properties);
  const contactIds = associations.map(({ to }) => to.id);
  for (const id of contactIds) {
    if (!state.records.some((record) => record.objects === 'contacts' && record.id === id))
      throw invalid(`No contact with ID ${id} exists. Please provide a valid ID.`);
  }
  const texts = Object.entries(properties).map(([name, value]) => [name, String(value)]);
  const timestamp = new Date(String(properties.hs_timestamp ?? new Date().toISOString())).toISOString();
  const kept = { ...Object.fromEntries(texts), hs_timestamp: timestamp };
  const record = addRecord(state, 'communications', kept, contactIds);
  return recordView(record, Object.keys(record.properties));
}

function assertProperties(properties: Record<string, unknown>): void {
  const { texts = [], times = [] } = OBJECT_TYPES.get('communications') ?? {};
  const known = [...texts, ...times];
  const isOneOf = (name: string, options: readonly string[]) => options.includes(String(properties[name]));
  const unknown = Object.keys(properties).filter((name) => !known.includes(name));
  const wrong = [
    ...(isOneOf('hs_communication_channel_type', CHANNELS) ? [] : ['hs_communication_channel_type']),
    ...(isOneOf('hs_communication_logged_from', ['CRM']) ? [] : ['hs_communication_logged_from']),
  ];
  const faults = [
    ...unknown.map((name) => ({
      name,
      error: 'PROPERTY_DOESNT_EXIST',
      message: `Property "${name}" does not exist`,
    })),
    ...wrong.map((name) => ({
      name,
      error: 'INVALID_OPTION',
      message: `${properties[name]} was not one of the allowed options`,
    })),
  ];
  if (faults.length > 0) throw invalidProperties(faults);
}
