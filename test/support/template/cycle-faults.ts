import { type Template, valuesOf } from './template.ts';

/** Returns the first cycle of dependencies between resources, because CloudFormation rejects cycles. */
export function cycleFaults(template: Template): string[] {
  const done = new Set<string>();
  for (const id of Object.keys(template.Resources)) {
    const circle = circleFrom(id, [], done, template);
    if (circle) return [`${circle.join(' needs ')}`];
  }
  return [];
}

function circleFrom(
  id: string,
  path: readonly string[],
  done: Set<string>,
  template: Template,
): string[] | undefined {
  if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
  if (done.has(id)) return undefined;
  for (const needed of neededBy(id, template)) {
    const circle = circleFrom(needed, [...path, id], done, template);
    if (circle) return circle;
  }
  done.add(id);
  return undefined;
}

function neededBy(id: string, { Resources }: Template): string[] {
  const resource = Resources[id];
  if (!resource) return [];
  const referred = [...valuesOf(resource.Properties)].flatMap(([path, value]) => {
    if (path.endsWith('Fn::Sub'))
      return [...String(value).matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name);
    if (path.endsWith('Fn::GetAtt') && Array.isArray(value)) return [String(value[0])];
    return path.endsWith('Ref') ? [String(value)] : [];
  });
  return [...resource.DependsOn, ...referred].filter((other) => other in Resources);
}
