import { type ProviderClient, path, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { slugSegment } from './meeting-link.ts';

const FIELDS_MAX = 20;
const OPTIONS_MAX = 20;
// hubspot_book_meeting has separate inputs for these fields.
const OWN_FIELDS = new Set(['email', 'firstname', 'lastname']);

const QuestionResponse = z.object({
  name: z.string(),
  label: z.string().nullish(),
  isRequired: z.boolean().nullish(),
  options: z.array(z.object({ value: z.string(), hidden: z.boolean().nullish() })).nullish(),
});
const ConsentResponse = z.object({
  communicationTypeId: z.union([z.string(), z.int()]).transform(String),
  label: z.string().nullish(),
  required: z.boolean().nullish(),
});
const FormResponse = z.object({
  customParams: z
    .object({
      formFields: z.array(QuestionResponse).nullish(),
      legalConsentOptions: z
        .object({ communicationConsentCheckboxes: z.array(ConsentResponse).nullish() })
        .nullish(),
    })
    .nullish(),
});

interface BookingForm {
  questions: { name: string; label: string; is_required: boolean; options: string[] }[];
  consents: { id: string; label: string; is_required: boolean }[];
  missing: string | false;
}

/** Reads the questions and consents of a booking form, except for the name and the e-mail address. */
export async function bookingForm(api: ProviderClient, slug: string): Promise<BookingForm> {
  try {
    // https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide
    const { body } = await api.get(path`/scheduler/v3/meetings/meeting-links/book/${slugSegment(slug)}`, {
      query: { timezone: 'UTC' },
      response: FormResponse,
    });
    const { formFields, legalConsentOptions } = body.customParams ?? {};
    return {
      questions: (formFields ?? [])
        .filter(({ name }) => !OWN_FIELDS.has(name))
        .slice(0, FIELDS_MAX)
        .map(toQuestion),
      consents: (legalConsentOptions?.communicationConsentCheckboxes ?? [])
        .slice(0, FIELDS_MAX)
        .map(toConsent),
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

function toQuestion({ name, label, isRequired, options }: z.output<typeof QuestionResponse>) {
  return {
    name,
    label: label ?? name,
    is_required: isRequired ?? false,
    options: (options ?? []).flatMap(({ value, hidden }) => (hidden ? [] : [value])).slice(0, OPTIONS_MAX),
  };
}

function toConsent({ communicationTypeId, label, required }: z.output<typeof ConsentResponse>) {
  return { id: communicationTypeId, label: label ?? '', is_required: required ?? false };
}
