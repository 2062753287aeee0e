import { type ClassDeclaration, type InterfaceDeclaration, Node, type TypeNode } from 'ts-morph';
import { type DocComment, docCommentOf, isInternal } from './doc-comment.ts';
import type { NamedDeclaration } from './named-declaration.ts';
import type { PublicApi } from './public-api.ts';
import { TypePrinter } from './type-text.ts';

/** A field or a method, or a field of an object that is written within its type. */
export interface MemberRow {
  node: Node;
  name: string;
  type: string;
  names: ReadonlySet<NamedDeclaration>;
  isRequired: boolean;
  /** Undefined where it is missing. */
  comment: DocComment | undefined;
}

/** The fields and methods that are for others than the class itself. */
export function memberRows(owner: InterfaceDeclaration | ClassDeclaration, api: PublicApi): MemberRow[] {
  return owner
    .getMembers()
    .filter((member) => isPublic(member) && !isInternal(member))
    .flatMap((member) => rowsOf(member, '', api));
}

function isPublic(member: Node): boolean {
  if (Node.isConstructorDeclaration(member) || Node.isSetAccessorDeclaration(member)) return false;
  // What overrides is described where it was declared.
  if (Node.isOverrideable(member) && member.hasOverrideKeyword()) return false;
  if (Node.isScoped(member) && member.getScope() !== 'public') return false;
  return !(Node.hasName(member) && member.getName().startsWith('#'));
}

function rowsOf(member: Node, prefix: string, api: PublicApi): MemberRow[] {
  if (!Node.hasName(member)) return [];
  const printer = new TypePrinter(api);
  const isStatic = Node.isStaticable(member) && member.isStatic();
  const name = `${isStatic ? 'static ' : prefix}${member.getName()}`;
  const row = {
    node: member,
    name,
    type: typeOf(member, printer),
    names: printer.names,
    isRequired: !(Node.isQuestionTokenable(member) && member.hasQuestionToken()),
    comment: docCommentOf(member),
  };
  return [row, ...rowsWithin(member, name, api)];
}

function typeOf(member: Node, printer: TypePrinter): string {
  if (Node.isMethodSignature(member) || Node.isMethodDeclaration(member)) {
    const result = printer.ofDeclaration(member, member.getReturnTypeNode());
    const rest = `(${printer.parameters(member.getParameters())}) => ${result}`;
    return `${printer.typeParameters(member.getTypeParameters(), rest)}${rest}`;
  }
  if (Node.isGetAccessorDeclaration(member)) return printer.ofDeclaration(member, member.getReturnTypeNode());
  return printer.ofDeclaration(member, Node.isTyped(member) ? member.getTypeNode() : undefined);
}

/** The rows of the objects within a type, where their fields are described. */
function rowsWithin(member: Node, name: string, api: PublicApi): MemberRow[] {
  if (Node.isParametered(member))
    return member
      .getParameters()
      .flatMap((parameter) => rowsOfLiterals(parameter.getTypeNode(), parameter.getName(), api));
  return rowsOfLiterals(Node.isTyped(member) ? member.getTypeNode() : undefined, name, api);
}

function rowsOfLiterals(type: TypeNode | undefined, name: string, api: PublicApi): MemberRow[] {
  if (Node.isTypeLiteral(type)) {
    const members = type.getMembers();
    return members.some(docCommentOf) ? members.flatMap((member) => rowsOf(member, `${name}.`, api)) : [];
  }
  const isList = Node.isArrayTypeNode(type) || Node.isTupleTypeNode(type);
  const parts = type?.forEachChildAsArray().filter(Node.isTypeNode) ?? [];
  return parts.flatMap((part) => rowsOfLiterals(part, isList ? `${name}[]` : name, api));
}
