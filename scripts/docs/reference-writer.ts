import { Node } from 'ts-morph';
import { behaviourParagraphs, commentMarkdown } from './comment-markdown.ts';
import { constantEntries } from './constant-entries.ts';
import { type DocComment, docCommentOf, isInternal } from './doc-comment.ts';
import { codeBlock, slug, table } from './markdown.ts';
import { type MemberRow, memberRows } from './member-rows.ts';
import type { NamedDeclaration } from './named-declaration.ts';
import type { PublicApi, PublicExport } from './public-api.ts';
import { constructorSignature, parameterNames, signature } from './signature.ts';
import { TypePrinter } from './type-text.ts';

/** Writes what is said of exports, and of the types that their declarations name and nothing exports. */
export class ReferenceWriter {
  /** What has no doc comment, with its place. */
  readonly missing: string[] = [];
  readonly #api: PublicApi;
  readonly #written = new Set<Node>();

  constructor(api: PublicApi) {
    this.#api = api;
  }

  /** An export under a heading of a level, and below it the types that only it needs. */
  export({ name, declarations, file }: PublicExport, level: number): string {
    const names = new Set<NamedDeclaration>();
    const [first] = declarations;
    if (!first) return '';
    const blocks = [
      `${'#'.repeat(level)} \`${name}\``,
      ...this.#declaration(first, name, names),
      sourceLink(file),
      ...this.#unexported(names, level + 1),
    ];
    return blocks.filter((block) => block !== '').join('\n\n');
  }

  *#unexported(names: ReadonlySet<NamedDeclaration>, level: number): Generator<string> {
    for (const declaration of names) {
      const file = this.#api.ownFileOf(declaration);
      if (file === undefined || this.#api.exportOf(declaration) || this.#written.has(declaration)) continue;
      this.#written.add(declaration);
      const name = declaration.getName() ?? '';
      const further = new Set<NamedDeclaration>();
      yield `${'#'.repeat(level)} ${unexportedHeading(name)}`;
      yield* this.#declaration(declaration, name, further);
      yield sourceLink(file);
      yield* this.#unexported(further, level);
    }
  }

  #declaration(node: Node, name: string, names: Set<NamedDeclaration>): string[] {
    const comment = docCommentOf(node) ?? this.#lacks(node, name);
    const printer = new TypePrinter(this.#api);
    const isExported = this.#api.exportOf(node) !== undefined;
    const entries = constantEntries(node);
    const isObject = Node.isInterfaceDeclaration(node) || Node.isClassDeclaration(node);
    const written = entries || (isObject && !isExported) ? '' : codeBlock(signature(node, printer));
    this.#checkParameters(node, name, comment);
    for (const each of printer.names) names.add(each);
    return [
      written,
      commentMarkdown(comment.text, this.#api),
      ...behaviourParagraphs(comment, this.#api),
      ...comment.examples.map((example) => `Example:\n\n${example}`),
      ...(Node.isClassDeclaration(node) ? this.#constructors(node.getConstructors(), name, names) : []),
      isObject ? this.#members(memberRows(node, this.#api), name, names) : '',
      entries ? this.#entries(entries, name) : '',
    ];
  }

  #constructors(constructors: readonly Node[], name: string, names: Set<NamedDeclaration>): string[] {
    return constructors
      .filter(Node.isConstructorDeclaration)
      .filter((node) => !isInternal(node))
      .flatMap((node) => {
        const printer = new TypePrinter(this.#api);
        const comment = docCommentOf(node) ?? this.#lacks(node, `new ${name}`);
        this.#checkParameters(node, `new ${name}`, comment);
        const written = codeBlock(constructorSignature(node, printer));
        for (const each of printer.names) names.add(each);
        return [
          written,
          commentMarkdown(comment.text, this.#api),
          ...behaviourParagraphs(comment, this.#api),
        ];
      });
  }

  #members(rows: readonly MemberRow[], owner: string, names: Set<NamedDeclaration>): string {
    if (rows.length === 0) return '';
    for (const row of rows) for (const name of row.names) names.add(name);
    const someOptional = rows.some(({ isRequired }) => !isRequired);
    const cells = rows.map(({ node, name, type, names: named, isRequired, comment }) => {
      const said = comment ?? this.#lacks(node, `${owner}.${name}`);
      const what = [commentMarkdown(said.text, this.#api), ...behaviourParagraphs(said, this.#api)].join(
        '\n\n',
      );
      return [
        `\`${name}\``,
        this.#linked(type, named),
        ...(someOptional ? [isRequired ? 'yes' : 'no'] : []),
        what,
      ];
    });
    return table(['name', 'type', ...(someOptional ? ['required'] : []), 'what'], cells);
  }

  #entries({ columns, entries }: NonNullable<ReturnType<typeof constantEntries>>, owner: string): string {
    const rows = entries.map(({ node, name, cells }) => {
      const { text } = docCommentOf(node) ?? this.#lacks(node, `${owner}.${name}`);
      return [`\`${name}\``, ...cells, commentMarkdown(text, this.#api)];
    });
    return table(['name', ...columns, 'when'], rows);
  }

  /** The type as code, with a link where it names one thing that has a heading. */
  #linked(type: string, names: ReadonlySet<NamedDeclaration>): string {
    const [first, ...others] = names;
    if (!first || others.length > 0) return `\`${type}\``;
    return `[\`${type}\`](#${this.#api.exportOf(first)?.anchor ?? slug(unexportedHeading(first.getName() ?? ''))})`;
  }

  /** A parameter whose type has a heading is described there. */
  #checkParameters(node: Node, name: string, comment: DocComment): void {
    if (!Node.isFunctionDeclaration(node) && !Node.isConstructorDeclaration(node)) return;
    const names = parameterNames(node);
    for (const [index, parameter] of node.getParameters().entries()) {
      const printer = new TypePrinter(this.#api);
      printer.parameters([parameter]);
      const parameterName = names[index] ?? '';
      const isDescribed = comment.parameters.some((told) => told.name === parameterName && told.text !== '');
      if (!isDescribed && printer.names.size === 0) this.#lacks(parameter, `${name}(${parameterName})`);
    }
  }

  #lacks(node: Node, name: string): DocComment {
    this.missing.push(`${this.#api.ownFileOf(node) ?? ''}:${node.getStartLineNumber()} ${name}`);
    return { text: '', parameters: [], returns: undefined, throws: [], examples: [] };
  }
}

/** Others than the library can read of it, and not import it; so it also differs from an export of nearly the same name. */
function unexportedHeading(name: string): string {
  return `\`${name}\` (not exported)`;
}

/** From the folder of the reference. */
function sourceLink(file: string): string {
  return `Source: [\`${file}\`](../${file})`;
}
