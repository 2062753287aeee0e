import * as z from 'zod';

// The function name of a `Lambda::Permission` is a reference, not a string. We read such a reference as undefined.
const text = z.string().optional().catch(undefined);
const Resource = z.object({
  Type: z.string(),
  Properties: z.object({ FunctionName: text, RouteKey: text, AuthorizationType: text }).default({}),
});
const Resources = z.record(z.string(), Resource);

/**
 * Lists the resources that CloudFormation would create, by type, for a person who has not deployed yet.
 * @param resources the resources of a compiled template
 */
export function describeStack(stackName: string, region: string, resources: unknown): string {
  const named = Object.entries(Resources.parse(resources));
  const byType = Map.groupBy(named, ([, { Type }]) => Type);
  const lines = [...byType]
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([type, ofType]) => [
      '',
      `${type} (${ofType.length})`,
      ...ofType.map(([id, resource]) => `  ${nameOf(id, resource)}`),
    ]);
  return [`${stackName} in ${region} would have ${named.length} resources:`, ...lines].join('\n');
}

/**
 * Returns a name that a person recognises: the name of a function, or a route with its authorization type. For any
 * other resource, returns its ID in the template.
 */
function nameOf(id: string, { Properties }: z.output<typeof Resource>): string {
  const { FunctionName, RouteKey, AuthorizationType } = Properties;
  if (RouteKey !== undefined) return `${RouteKey} (${AuthorizationType ?? 'NONE'})`;
  return FunctionName ?? id;
}
