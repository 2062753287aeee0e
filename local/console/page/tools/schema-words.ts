import type { CataloguedTool } from '../../console-api.ts';
import { counted } from '../shared/measures.ts';

export type ObjectSchema = CataloguedTool['inputSchema'];

/** A node of a contract's JSON Schema. */
export type SchemaNode = ObjectSchema['properties'][string];

/** The type in words, for example `array of string` or `number or null`. */
export function typeWords(node: SchemaNode): string {
  const alternatives = alternativesOf(node);
  if (alternatives.length > 0) return alternatives.map(typeWords).join(' or ');
  if (node.type === 'array') return node.items ? `array of ${typeWords(node.items)}` : 'array';
  return [node.type ?? typeOfChoices(node)].flat().join(' or ');
}

/** The allowed values, for example `one of open, paid`; empty if every value is allowed. */
export function choiceWords(node: SchemaNode): string {
  if (node.const !== undefined) return `always ${plain(node.const)}`;
  if (node.enum) return `one of ${node.enum.map(plain).join(', ')}`;
  return node.items
    ? choiceWords(node.items)
    : alternativesOf(node).map(choiceWords).filter(Boolean).join('; ');
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The other limits of a value, for example `1 to 100; default 10`; may be empty. */
export function limitWords(node: SchemaNode): string {
  const inner = node.type === 'array' && node.items ? limitWords(node.items) : '';
  const ofAlternatives = alternativesOf(node).map(limitWords);
  const words = [
    rangeWords(node.minimum, node.maximum),
    node.exclusiveMinimum === undefined ? '' : `above ${node.exclusiveMinimum}`,
    node.exclusiveMaximum === undefined ? '' : `below ${node.exclusiveMaximum}`,
    node.multipleOf === undefined ? '' : `a multiple of ${node.multipleOf}`,
    countWords(node.minLength, node.maxLength, 'character'),
    countWords(node.minItems, node.maxItems, 'item'),
    node.format ?? '',
    node.pattern === undefined ? '' : `matches ${node.pattern}`,
    node.default === undefined ? '' : `default ${JSON.stringify(node.default)}`,
    inner && `each: ${inner}`,
    ...ofAlternatives,
  ];
  return words.filter((word) => word !== '').join('; ');
}

/** The alternatives of a node; a value matches one of them. */
export function alternativesOf({ anyOf, oneOf }: SchemaNode): readonly SchemaNode[] {
  return anyOf ?? oneOf ?? [];
}

function typeOfChoices({ const: only, enum: values = [] }: SchemaNode): string {
  const [value] = only === undefined ? values : [only];
  return value === undefined ? 'any' : typeof value;
}

function rangeWords(minimum?: number, maximum?: number): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maximum === undefined ? '' : `at most ${maximum}`;
}

function countWords(minimum: number | undefined, maximum: number | undefined, unit: string): string {
  if (minimum && maximum !== undefined) return `${minimum} to ${counted(maximum, unit)}`;
  if (minimum) return `at least ${counted(minimum, unit)}`;
  return maximum === undefined ? '' : `at most ${counted(maximum, unit)}`;
}
