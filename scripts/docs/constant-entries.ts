import { Node, type ObjectLiteralExpression, type PropertyAssignment } from 'ts-morph';
import { plainValue } from './constant-names.ts';

/** The entries of a constant that is a table: an object of objects with the same keys. Undefined for anything else. */
export function constantEntries(node: Node) {
  if (!Node.isVariableDeclaration(node)) return undefined;
  const value = plainValue(node.getInitializer());
  if (!Node.isObjectLiteralExpression(value)) return undefined;
  const entries = assignmentsOf(value).flatMap((entry) => {
    const row = plainValue(entry.getInitializer());
    return Node.isObjectLiteralExpression(row) ? [{ node: entry, name: entry.getName(), row }] : [];
  });
  const [first] = entries;
  if (!first) return undefined;
  return {
    columns: assignmentsOf(first.row).map((key) => key.getName()),
    entries: entries.map(({ node, name, row }) => ({
      node,
      name,
      cells: assignmentsOf(row).map((key) => textOf(key.getInitializer())),
    })),
  };
}

function assignmentsOf(object: ObjectLiteralExpression): PropertyAssignment[] {
  return object.getProperties().filter(Node.isPropertyAssignment);
}

/** A text is for people to read, anything else is code. */
function textOf(value: Node | undefined): string {
  return Node.isStringLiteral(value) ? value.getLiteralText() : `\`${value?.getText() ?? ''}\``;
}
