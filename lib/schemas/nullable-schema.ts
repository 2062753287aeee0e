import type { SchemaNode, TypeName } from './schema-node.ts';

const NULL: SchemaNode = { type: 'null' };
const PRIMITIVES: ReadonlySet<unknown> = new Set<TypeName>(['string', 'number', 'integer', 'boolean']);

/**
 * Removes `null` from the values that a schema allows.
 * @returns the schema, and true in `nullable` if `null` was allowed
 */
export function splitNull(node: SchemaNode): { node: SchemaNode; nullable: boolean } {
  const { anyOf, ...rest } = node;
  if (anyOf?.some(isNull)) {
    const options = anyOf.filter((option) => !isNull(option));
    const [only] = options;
    const single = options.length === 1 && only;
    return { node: single ? { ...only, ...rest } : { ...rest, anyOf: options }, nullable: true };
  }
  if (!Array.isArray(node.type) || !node.type.includes('null')) return { node, nullable: false };
  return { node: withoutNullType(node, node.type), nullable: true };
}

/** Adds `null` to the values that a schema allows. */
export function makeNullable(node: SchemaNode): SchemaNode {
  if (splitNull(node).nullable) return node;
  const { description, anyOf, ...rest } = node;
  if (isPlainPrimitive(node)) return { ...node, type: [node.type, 'null'] };
  return {
    ...(description !== undefined && { description }),
    anyOf: [...(anyOf ?? [rest]), NULL],
  };
}

function isNull({ type }: SchemaNode): boolean {
  return type === 'null';
}

function isPlainPrimitive(node: SchemaNode): node is SchemaNode & { type: TypeName } {
  return PRIMITIVES.has(node.type) && !node.enum && !('const' in node);
}

function withoutNullType(node: SchemaNode, types: readonly TypeName[]): SchemaNode {
  const others = types.filter((type) => type !== 'null');
  const [only] = others;
  const values = node.enum?.filter((value) => value !== null);
  return {
    ...node,
    type: only && others.length === 1 ? only : others,
    ...(values && { enum: values }),
  };
}
