import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, Resource, TypeDefinition } from '@aws-cdk/service-spec-types';
import { cycleFaults } from './cycle-faults.ts';
import type { Template } from './template.ts';

const specification = loadAwsServiceSpecSync();
const PSEUDO_PARAMETERS = [
  'AWS::AccountId',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
];

/**
 * Returns the violations of AWS's CloudFormation specification: unknown types and properties, missing properties,
 * values of a wrong type, values that are not allowed, references to missing resources, and cycles.
 * https://github.com/cdklabs/awscdk-service-spec
 */
export function specificationFaults(template: Template): string[] {
  const faults: string[] = [];
  for (const [id, resource] of Object.entries(template.Resources)) {
    const type = resourceType(resource.Type);
    if (type) faults.push(...objectFaults(resource.Properties, type, id, template));
    else faults.push(`${id}: there is no ${resource.Type}`);
    for (const other of resource.DependsOn)
      if (!(other in template.Resources)) faults.push(`${id}: depends on ${other}, which there is not`);
  }
  for (const [id, { Value }] of Object.entries(template.Outputs))
    faults.push(...(intrinsicFaults(Value, `output ${id}`, template) ?? []));
  return [...faults, ...cycleFaults(template)];
}

function resourceType(name: string): Resource | undefined {
  return specification.lookup('resource', 'cloudFormationType', 'equals', name)[0];
}

function objectFaults(
  value: Readonly<Record<string, unknown>>,
  { properties }: Pick<Resource | TypeDefinition, 'properties'>,
  path: string,
  template: Template,
): string[] {
  const known = new Map<string, Property>(Object.entries(properties));
  return [
    ...[...known].flatMap(([name, { required }]) =>
      required && !(name in value) ? [`${path}: ${name} is missing`] : [],
    ),
    ...Object.entries(value).flatMap(([name, child]) => {
      const property = known.get(name);
      if (!property) return [`${path}: there is no ${name}`];
      return valueFaults(child, property.type, `${path}.${name}`, template);
    }),
  ];
}

function valueFaults(value: unknown, type: PropertyType, path: string, template: Template): string[] {
  const ofIntrinsic = intrinsicFaults(value, path, template);
  if (ofIntrinsic) return ofIntrinsic;
  switch (type.type) {
    case 'ref': {
      if (!isRecord(value)) return [`${path}: is no object`];
      return objectFaults(value, specification.get('typeDefinition', type.reference.$ref), path, template);
    }
    case 'array':
      if (!Array.isArray(value)) return [`${path}: is no list`];
      return value.flatMap((item, index) => valueFaults(item, type.element, `${path}.${index}`, template));
    case 'map':
      if (!isRecord(value)) return [`${path}: is no object`];
      return Object.entries(value).flatMap(([key, child]) =>
        valueFaults(child, type.element, `${path}.${key}`, template),
      );
    case 'union': {
      const faults = type.types.map((one) => valueFaults(value, one, path, template));
      return faults.find(({ length }) => length === 0) ?? faults[0] ?? [];
    }
    case 'json':
    case 'tag':
      return nestedIntrinsicFaults(value, path, template);
    default:
      return scalarFaults(value, type, path);
  }
}

function scalarFaults(value: unknown, type: PropertyType, path: string): string[] {
  const wanted = {
    string: 'string',
    'date-time': 'string',
    number: 'number',
    integer: 'number',
    boolean: 'boolean',
  };
  const name = new Map(Object.entries(wanted)).get(type.type);
  if (name === undefined) return [`${path}: the type ${type.type} is not checked`];
  if (typeof value !== name) return [`${path}: is no ${name}`];
  if (type.type === 'integer' && !Number.isInteger(value)) return [`${path}: is no whole number`];
  const allowed: readonly unknown[] | undefined = 'allowedValues' in type ? type.allowedValues : undefined;
  return allowed && !allowed.includes(value) ? [`${path}: ${value} is none of ${allowed.join(', ')}`] : [];
}

/** Checks a policy, or another document whose values have no types in the specification. */
function nestedIntrinsicFaults(value: unknown, path: string, template: Template): string[] {
  const faults = intrinsicFaults(value, path, template);
  if (faults) return faults;
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    nestedIntrinsicFaults(child, `${path}.${key}`, template),
  );
}

/** Returns the faults of an intrinsic function, such as `Ref`. Returns undefined for any other value. */
function intrinsicFaults(value: unknown, path: string, template: Template): string[] | undefined {
  if (!isRecord(value)) return undefined;
  const [[name = '', argument] = [], ...others] = Object.entries(value);
  if (others.length > 0) return undefined;
  if (name === 'Ref') return referenceFaults(String(argument), path, template);
  if (name === 'Fn::GetAtt' && Array.isArray(argument))
    return attributeFaults(argument.map(String), path, template);
  if (name === 'Fn::Sub') {
    return [...String(argument).matchAll(/\$\{([^}]+)\}/g)].flatMap(([, variable = '']) => {
      const [id = '', ...attribute] = variable.split('.');
      if (attribute.length === 0) return referenceFaults(id, path, template);
      return attributeFaults([id, attribute.join('.')], path, template);
    });
  }
  if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1]))
    return argument[1].flatMap((part) => intrinsicFaults(part, path, template) ?? []);
  return name.startsWith('Fn::') ? [`${path}: ${name} is not checked`] : undefined;
}

function referenceFaults(id: string, path: string, { Resources }: Template): string[] {
  return id in Resources || PSEUDO_PARAMETERS.includes(id) ? [] : [`${path}: there is no ${id}`];
}

function attributeFaults([id = '', attribute = '']: readonly string[], path: string, template: Template) {
  const resource = template.Resources[id];
  if (!resource) return [`${path}: there is no ${id}`];
  const known = resourceType(resource.Type);
  const has = known && (attribute in known.attributes || attribute in known.properties);
  return has ? [] : [`${path}: ${resource.Type} has no attribute ${attribute}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
