import { Node, type ParameterDeclaration, type TypeNode, type TypeParameterDeclaration } from 'ts-morph';
import { constantNames, enumValues } from './constant-names.ts';
import { docCommentOf } from './doc-comment.ts';
import { inferredText, oneLine } from './inferred-text.ts';
import { type NamedDeclaration, namedDeclarationOf } from './named-declaration.ts';
import type { PublicApi } from './public-api.ts';

// A type that only the compiler needs to see.
const HIDDEN = '…';
// An alias of these says no more than they do.
const WRITTEN_OUT = new Set(['Readonly', 'Record', 'Extract']);

/** Writes types for readers: what no export names is written out, and what only computes types is left out. */
export class TypePrinter {
  /** The types of this project that were named. */
  readonly names = new Set<NamedDeclaration>();
  readonly #api: PublicApi;

  constructor(api: PublicApi) {
    this.#api = api;
  }

  /** What a declaration is declared as or, where it is not, what the compiler makes of it. */
  ofDeclaration(node: Node, declared: TypeNode | undefined): string {
    if (declared) return this.print(declared);
    const type = Node.isFunctionLikeDeclaration(node) ? node.getReturnType() : node.getType();
    return inferredText(type, node);
  }

  /** The parameters, with their types where those tell something. */
  parameters(parameters: readonly ParameterDeclaration[], names: readonly string[] = []): string {
    return parameters.map((parameter, index) => this.#parameter(parameter, names[index])).join(', ');
  }

  /** Those type parameters that the rest of a signature names. */
  typeParameters(parameters: readonly TypeParameterDeclaration[], rest: string): string {
    const named = parameters.filter((parameter) => new RegExp(`\\b${parameter.getName()}\\b`).test(rest));
    return named.length === 0 ? '' : `<${named.map((parameter) => oneLine(parameter.getText())).join(', ')}>`;
  }

  print(node: Node): string {
    if (Node.isTypeReference(node)) return this.#reference(node.getTypeName(), node.getTypeArguments(), node);
    if (Node.isExpressionWithTypeArguments(node))
      return this.#reference(node.getExpression(), node.getTypeArguments(), node);
    if (Node.isUnionTypeNode(node))
      return node
        .getTypeNodes()
        .map((type) => this.print(type))
        .join(' | ');
    if (Node.isTypeLiteral(node)) return this.#literal(node.getMembers());
    if (Node.isConditionalTypeNode(node)) return HIDDEN;
    if (Node.isFunctionTypeNode(node)) {
      const rest = `(${this.parameters(node.getParameters())}) => ${this.print(node.getReturnTypeNodeOrThrow())}`;
      return `${this.typeParameters(node.getTypeParameters(), rest)}${rest}`;
    }
    return constantNames(node, this.#api) ?? this.#withPartsPrinted(node);
  }

  #parameter(parameter: ParameterDeclaration, name = parameter.getName()): string {
    const type = this.ofDeclaration(parameter, parameter.getTypeNode());
    const mark = `${parameter.isRestParameter() ? '...' : ''}${name}${isOptional(parameter) ? '?' : ''}`;
    return type === HIDDEN ? mark : `${mark}: ${type}`;
  }

  #literal(members: readonly Node[]): string {
    // Those that are described have rows of their own.
    if (members.some(docCommentOf)) return '{ … }';
    return `{ ${members.map((member) => this.#withPartsPrinted(member).replace(/;$/, '')).join('; ')} }`;
  }

  #reference(name: Node, typeArguments: readonly TypeNode[], place: Node): string {
    const [first, second] = typeArguments;
    // They tell the compiler what to infer, and what it knows already.
    if (name.getText() === 'NoInfer' && first) return this.print(first);
    if (name.getText() === 'Extract' && second) return this.print(second);
    const declaration = namedDeclarationOf(name);
    if (Node.isTypeParameterDeclaration(declaration)) return this.#typeParameter(declaration);
    if (!declaration || this.#api.ownFileOf(declaration) === undefined)
      return withArguments(
        name,
        typeArguments.map((type) => this.print(type)),
      );
    if (!this.#api.exportOf(declaration) && Node.isTypeAliasDeclaration(declaration)) {
      const written = this.#alias(declaration.getTypeNodeOrThrow(), place);
      if (written !== undefined) return written;
    }
    this.names.add(declaration);
    if (!this.#api.exportOf(declaration)) return name.getText();
    const printed = typeArguments.map((type) => this.print(type));
    return withArguments(name, printed.includes(HIDDEN) ? [] : printed);
  }

  /** An alias that has no heading of its own; undefined where it has. */
  #alias(aliased: TypeNode, place: Node): string | undefined {
    if (Node.isFunctionTypeNode(aliased)) return undefined;
    const values = enumValues(aliased);
    if (
      values === undefined &&
      Node.isTypeReference(aliased) &&
      !WRITTEN_OUT.has(aliased.getTypeName().getText())
    )
      return undefined;
    const written = values ?? this.print(aliased);
    const needsParentheses =
      written.startsWith('readonly ') || values !== undefined || Node.isUnionTypeNode(aliased);
    const parent = place.getParent();
    const isPart = Node.isArrayTypeNode(parent) || Node.isTypeOperatorTypeNode(parent);
    return needsParentheses && isPart ? `(${written})` : written;
  }

  #typeParameter(declaration: TypeParameterDeclaration): string {
    const owner = declaration.getParent();
    const isShown = !Node.isInterfaceDeclaration(owner) || this.#api.exportOf(owner);
    const constraint = declaration.getConstraint();
    return isShown || !constraint ? declaration.getName() : this.print(constraint);
  }

  #withPartsPrinted(node: Node): string {
    let text = '';
    let end = node.getStart();
    const source = node.getSourceFile().getFullText();
    for (const child of node.forEachChildAsArray()) {
      text += source.slice(end, child.getStart()) + this.print(child);
      end = child.getEnd();
    }
    return oneLine(text + source.slice(end, node.getEnd()));
  }
}

function isOptional(parameter: ParameterDeclaration): boolean {
  return parameter.isOptional() && !parameter.isRestParameter();
}

function withArguments(name: Node, printed: readonly string[]): string {
  return printed.length === 0 ? name.getText() : `${name.getText()}<${printed.join(', ')}>`;
}
