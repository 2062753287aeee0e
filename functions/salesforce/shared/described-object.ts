import { id, type ProviderClient, path, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';

/** https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesobjects_describesobjectresult.htm#field */
export const FieldResponse = z.object({
  name: id(),
  label: z.string().nullish(),
  type: z.string(),
  nameField: z.boolean().nullish(),
  nillable: z.boolean().nullish(),
  createable: z.boolean().nullish(),
  updateable: z.boolean().nullish(),
  defaultedOnCreate: z.boolean().nullish(),
  externalId: z.boolean().nullish(),
  idLookup: z.boolean().nullish(),
  controllerName: z.string().nullish(),
  relationshipName: z.string().nullish(),
  referenceTo: z.array(z.string()).nullish(),
  picklistValues: z.array(z.object({ active: z.boolean().nullish(), value: z.string().nullish() })).nullish(),
});
export type FieldResponse = z.output<typeof FieldResponse>;

const DescriptionResponse = z.object({
  fields: z.array(FieldResponse),
  childRelationships: z
    .array(z.object({ relationshipName: z.string().nullish(), childSObject: z.string().nullish() }))
    .nullish(),
  urls: z.object({ uiDetailTemplate: z.string().nullish() }).nullish(),
});
export type Description = z.output<typeof DescriptionResponse>;

/** Reads the fields and relationships of an object, and the URL template of its records' pages. @throws ToolError */
export async function describeObject(api: ProviderClient, object: string): Promise<Description> {
  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm
  return (await api.get(path`/sobjects/${object}/describe`, { response: DescriptionResponse })).body;
}

/** Same as {@link describeObject}, but returns undefined if the object cannot be read, whatever the reason. */
export async function describeIfPossible(
  api: ProviderClient,
  object: string,
): Promise<Description | undefined> {
  return describeObject(api, object).catch((error: unknown) => {
    if (error instanceof ToolError) return undefined;
    throw error;
  });
}

/** Returns the URL of a record's page in Salesforce, or null if the object has no pages. */
export function recordUrl(description: Description | undefined, recordId: string | null): string | null {
  const template = description?.urls?.uiDetailTemplate ?? '';
  if (recordId === null || !template.includes('{ID}')) return null;
  const url = URL.parse(template.replace('{ID}', encodeURIComponent(recordId)));
  return url?.protocol === 'https:' ? url.href : null;
}

/** Returns the name of the field that contains a record's name, such as `CaseNumber` for a case. */
export function nameFieldOf(description: Description | undefined): string {
  return description?.fields.find(({ nameField }) => nameField)?.name ?? 'Name';
}
