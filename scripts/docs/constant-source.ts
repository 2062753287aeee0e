import { Node, type VariableDeclaration } from 'ts-morph';

/** The source of a constant, after that of the constants of its file that it is made of. */
export function constantSource(constant: VariableDeclaration): string {
  const all = new Set([constant]);
  // A set that grows while it is walked.
  for (const each of all) for (const used of constantsIn(each)) all.add(used);
  const inOrder = [...all].sort((one, other) => one.getPos() - other.getPos());
  return inOrder
    .map((each) =>
      each
        .getVariableStatementOrThrow()
        .getText()
        .replace(/^export /, ''),
    )
    .join('\n');
}

function constantsIn(constant: VariableDeclaration): VariableDeclaration[] {
  return constant
    .getDescendants()
    .filter(Node.isIdentifier)
    .flatMap((identifier) => identifier.getSymbol()?.getDeclarations() ?? [])
    .filter(Node.isVariableDeclaration)
    .filter((node) => node.getSourceFile() === constant.getSourceFile() && isOfFile(node));
}

function isOfFile(node: VariableDeclaration): boolean {
  return Node.isSourceFile(node.getVariableStatement()?.getParent());
}
