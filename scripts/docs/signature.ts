import {
  type ConstructorDeclaration,
  type FunctionDeclaration,
  Node,
  type VariableDeclaration,
} from 'ts-morph';
import { constantSource } from './constant-source.ts';
import { docCommentOf } from './doc-comment.ts';
import { inLines } from './in-lines.ts';
import type { TypePrinter } from './type-text.ts';

/** How a declaration is written, without what it does. */
export function signature(node: Node, printer: TypePrinter): string {
  if (Node.isFunctionDeclaration(node)) return functionSignature(node, printer);
  if (Node.isVariableDeclaration(node)) return constantSignature(node, printer);
  if (Node.isClassDeclaration(node)) {
    const parent = node.getExtends();
    return `class ${node.getName()}${parent ? ` extends ${printer.print(parent)}` : ''}`;
  }
  if (Node.isInterfaceDeclaration(node)) {
    const parameters = node.getTypeParameters().map((parameter) => parameter.getText());
    const parents = node.getExtends().map((parent) => printer.print(parent));
    const own = parameters.length > 0 ? `<${parameters.join(', ')}>` : '';
    return `interface ${node.getName()}${own}${parents.length > 0 ? ` extends ${parents.join(', ')}` : ''}`;
  }
  if (Node.isTypeAliasDeclaration(node))
    return inLines(`type ${node.getName()} = ${printer.print(node.getTypeNodeOrThrow())}`);
  return node.getText();
}

/** How an object of a class is made. */
export function constructorSignature(node: ConstructorDeclaration, printer: TypePrinter): string {
  const name = node.getParentIfKindOrThrow(node.getParentOrThrow().getKind());
  return `new ${Node.hasName(name) ? name.getName() : ''}(${printer.parameters(node.getParameters(), parameterNames(node))})`;
}

/** The names of parameters: of one that is taken apart, the name in its comment. */
export function parameterNames(node: FunctionDeclaration | ConstructorDeclaration): string[] {
  const told = docCommentOf(node)?.parameters ?? [];
  return node.getParameters().map((parameter, index) => {
    const isTakenApart = Node.isObjectBindingPattern(parameter.getNameNode());
    return isTakenApart ? (told[index]?.name ?? 'options') : parameter.getName();
  });
}

function functionSignature(node: FunctionDeclaration, printer: TypePrinter): string {
  const parameters = printer.parameters(node.getParameters(), parameterNames(node));
  const rest = `(${parameters}): ${printer.ofDeclaration(node, node.getReturnTypeNode())}`;
  return inLines(
    `function ${node.getName()}${printer.typeParameters(node.getTypeParameters(), rest)}${rest}`,
  );
}

function constantSignature(node: VariableDeclaration, printer: TypePrinter): string {
  const type = node.getTypeNode();
  return type ? `const ${node.getName()}: ${printer.print(type)}` : constantSource(node);
}
