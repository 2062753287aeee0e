import { type ProviderClient, path, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { isApiName } from './api-name.ts';
import { type Description, describeObject } from './described-object.ts';

const CANDIDATES_MAX = 5;

const ObjectsResponse = z.object({
  sobjects: z.array(
    z.object({ name: z.string(), label: z.string().nullish(), labelPlural: z.string().nullish() }),
  ),
});

/**
 * Describes the object with an API name.
 * @throws ToolError if the object does not exist: `invalid_input` with objects of a similar name or label if there are
 * any, otherwise `not_found`
 */
export async function describeNamed(api: ProviderClient, object: string): Promise<Description> {
  if (!isApiName(object)) throw await unknownObject(api, object);
  return describeObject(api, object).catch(async (error: unknown) => {
    const isUnknown = error instanceof ToolError && error.code === 'not_found';
    throw isUnknown ? await unknownObject(api, object) : error;
  });
}

async function unknownObject(api: ProviderClient, text: string): Promise<ToolError> {
  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_describeGlobal.htm
  const { body } = await api.get(path`/sobjects`, { response: ObjectsResponse });
  const words = text
    .toLowerCase()
    .replace(/__c$/, '')
    .split(/[\s_]+/)
    .filter(Boolean);
  const like = body.sobjects
    .filter((object) => {
      const names = [object.name, object.label, object.labelPlural].join(' ').toLowerCase();
      return words.every((word) => names.includes(word));
    })
    .map(({ name, label }) => ({ value: name, label: label ?? name }))
    .sort((one, other) => one.label.length - other.label.length)
    .slice(0, CANDIDATES_MAX);
  if (like.length === 0) {
    return new ToolError('not_found', {
      message: 'The account sees no object of this name or label. Ask the user what the records are called.',
      details: [{ path: 'object', issue: 'names no object' }],
    });
  }
  return new ToolError('invalid_input', {
    message: 'No object has this API name. Choose one of the candidates, or ask the user.',
    details: [{ path: 'object', issue: 'must be an API name', candidates: like }],
  });
}
