import {
  type ClassDeclaration,
  type InterfaceDeclaration,
  Node,
  type TypeAliasDeclaration,
  type TypeParameterDeclaration,
} from 'ts-morph';

/** What can have a heading of its own. */
export type NamedDeclaration = InterfaceDeclaration | ClassDeclaration | TypeAliasDeclaration;

/** What declares the type that a name stands for. */
export function namedDeclarationOf(name: Node): NamedDeclaration | TypeParameterDeclaration | undefined {
  const symbol = name.getSymbol();
  const declarations = (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? [];
  return declarations.find(
    (node) =>
      Node.isInterfaceDeclaration(node) ||
      Node.isClassDeclaration(node) ||
      Node.isTypeAliasDeclaration(node) ||
      Node.isTypeParameterDeclaration(node),
  );
}
