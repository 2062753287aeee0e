import * as z from 'zod';
import { SchemaNode } from '../../lib/schemas/schema-node.ts';

/**
 * Returns each place where an output allows unknown keys, a text of any length, or a missing key. Each result also
 * says how to fix it.
 */
export function openPlaces(output: z.ZodType): string[] {
  const { $schema, '~standard': _, ...root } = z.toJSONSchema(output);
  return placesOf(SchemaNode.parse(root), '');
}

function placesOf(node: SchemaNode, path: string): string[] {
  const { properties = {}, items, anyOf = [] } = node;
  return [
    ...ownFaults(node, path === '' ? 'the output' : path),
    ...Object.entries(properties).flatMap(([key, child]) => placesOf(child, path ? `${path}.${key}` : key)),
    ...anyOf.flatMap((child) => placesOf(child, path)),
    ...(items ? placesOf(items, `${path}[]`) : []),
  ];
}

function ownFaults(node: SchemaNode, place: string): string[] {
  const { properties = {}, required = [], additionalProperties, maxLength, enum: values } = node;
  const types = [node.type].flat();
  return [
    ...(types.includes('object') && additionalProperties !== false
      ? [`${place} lets unknown keys pass. Write z.strictObject({ … }).`]
      : []),
    ...(types.includes('string') && maxLength === undefined && !values
      ? [`${place} is a text without a limit. Write text(maximum), or id() for an ID that later calls need.`]
      : []),
    ...Object.keys(properties)
      .filter((key) => !required.includes(key))
      .map((key) => `${key} of ${place} may be absent. Write .nullable() instead of .optional().`),
  ];
}
