import { id, type ProviderClient, path, ToolError, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { slugSegment } from './meeting-link.ts';

const FIELDS_MAX = 20;
const OPTIONS_MAX = 20;
// Every booking has them, as inputs of their own.
const OWN_FIELDS = new Set(['email', 'firstname', 'lastname']);

const LinkResponse = z.object({
  customParams: z
    .object({
      formFields: z
        .array(
          z.object({
            name: z.string(),
            label: z.string().nullish(),
            isRequired: z.boolean().nullish(),
            options: z.array(z.object({ value: z.string(), hidden: z.boolean().nullish() })).nullish(),
          }),
        )
        .nullish(),
      legalConsentOptions: z
        .object({
          communicationConsentCheckboxes: z
            .array(
              z.object({
                communicationTypeId: z.union([z.string(), z.int()]).transform(String),
                label: z.string().nullish(),
                required: z.boolean().nullish(),
              }),
            )
            .nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

export const questionOutput = z.strictObject({
  name: id(),
  label: text(200),
  is_required: z.boolean(),
  options: z.array(text(100)).describe('The values that it takes; any text if there are none.'),
});
export const consentOutput = z.strictObject({ id: id(), label: text(300), is_required: z.boolean() });

interface BookingForm {
  questions: z.input<typeof questionOutput>[];
  consents: z.input<typeof consentOutput>[];
  missing: string | false;
}

/** Reads which questions and consents the form of a meeting link has, besides name and e-mail address. */
export async function bookingForm(api: ProviderClient, slug: string): Promise<BookingForm> {
  try {
    // https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide
    const { body } = await api.get(path`/scheduler/v3/meetings/meeting-links/book/${slugSegment(slug)}`, {
      query: { timezone: 'UTC' },
      response: LinkResponse,
    });
    const { formFields, legalConsentOptions } = body.customParams ?? {};
    return {
      questions: (formFields ?? [])
        .filter(({ name }) => !OWN_FIELDS.has(name))
        .slice(0, FIELDS_MAX)
        .map(toQuestion),
      consents: (legalConsentOptions?.communicationConsentCheckboxes ?? [])
        .slice(0, FIELDS_MAX)
        .map(({ communicationTypeId, label, required }) => ({
          id: communicationTypeId,
          label: label ?? '',
          is_required: required ?? false,
        })),
      missing: false,
    };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return {
      questions: [],
      consents: [],
      missing: 'The questions of the booking form: HubSpot did not return them.',
    };
  }
}

function toQuestion({
  name,
  label,
  isRequired,
  options,
}: NonNullable<NonNullable<z.output<typeof LinkResponse>['customParams']>['formFields']>[number]) {
  return {
    name,
    label: label ?? name,
    is_required: isRequired ?? false,
    options: (options ?? []).flatMap(({ value, hidden }) => (hidden ? [] : [value])).slice(0, OPTIONS_MAX),
  };
}
