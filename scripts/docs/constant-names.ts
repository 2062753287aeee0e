import { type Expression, Node, type VariableDeclaration } from 'ts-morph';
import type { PublicApi } from './public-api.ts';

/**
 * The values of `keyof typeof CONSTANT` and `(typeof CONSTANT)[number]`, in the order in which they are written;
 * undefined for any other type, and where the constant is exported and so has its own heading.
 */
export function constantNames(node: Node, api: PublicApi): string | undefined {
  const constant = constantOf(queryIn(node));
  if (!constant || api.exportOf(constant)) return undefined;
  const value = plainValue(constant.getInitializer());
  if (!Node.isObjectLiteralExpression(value)) return elementsOf(value);
  const keys = value.getProperties().filter(Node.isPropertyAssignment);
  return keys.map((key) => `'${key.getName()}'`).join(' | ');
}

/** The values of `z.output<typeof CONSTANT>`, in the order in which they are written; undefined where it is no `z.enum`. */
export function enumValues(node: Node): string | undefined {
  if (!Node.isTypeReference(node)) return undefined;
  const value = constantOf(node.getTypeArguments()[0])?.getInitializer();
  if (!Node.isCallExpression(value) || value.getExpression().getText() !== 'z.enum') return undefined;
  return elementsOf(plainValue(value.getArguments().find(Node.isExpression)));
}

function elementsOf(value: Expression | undefined): string | undefined {
  if (!Node.isArrayLiteralExpression(value)) return undefined;
  return value
    .getElements()
    .map((element) => element.getText())
    .join(' | ');
}

function constantOf(query: Node | undefined): VariableDeclaration | undefined {
  if (!Node.isTypeQuery(query)) return undefined;
  const symbol = query.getExprName().getSymbol();
  const declarations = (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? [];
  return declarations.find(Node.isVariableDeclaration);
}

/** A value without what only says its type. */
export function plainValue(value: Expression | undefined): Expression | undefined {
  return Node.isAsExpression(value) || Node.isSatisfiesExpression(value)
    ? plainValue(value.getExpression())
    : value;
}

function queryIn(node: Node): Node | undefined {
  if (Node.isTypeOperatorTypeNode(node)) return node.getTypeNode();
  if (!Node.isIndexedAccessTypeNode(node)) return undefined;
  const object = node.getObjectTypeNode();
  return Node.isParenthesizedTypeNode(object) ? object.getTypeNode() : object;
}
