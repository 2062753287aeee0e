import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Node, Project, type SourceFile } from 'ts-morph';
import * as z from 'zod';
import { slug } from './markdown.ts';

const Manifest = z.object({ name: z.string(), exports: z.record(z.string(), z.string()) });

export interface PublicExport {
  name: string;
  /** What it is declared as; of an overloaded function, each overload and not what implements them. */
  declarations: readonly Node[];
  /** The ID of its heading. */
  anchor: string;
  /** Relative to the project. */
  file: string;
}

export interface PublicModule {
  /** What it is imported by. */
  specifier: string;
  /** The comment at its beginning. */
  about: string;
  exports: readonly PublicExport[];
}

/** What a package exports. */
export interface PublicApi {
  modules: readonly PublicModule[];
  exportOf(declaration: Node): PublicExport | undefined;
  /** Relative to the project; undefined for what others wrote. */
  ownFileOf(declaration: Node): string | undefined;
}

/**
 * Reads what a package exports.
 * @param project an absolute path; its `package.json` exports TypeScript, and its `tsconfig.json` says how to read it
 */
export function readPublicApi(project: string): PublicApi {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')));
  const sources = new Project({
    tsConfigFilePath: join(project, 'tsconfig.json'),
    skipAddingFilesFromTsConfig: true,
  });
  const files = Object.entries(manifest.exports).map(
    ([subpath, file]) => [subpath, sources.addSourceFileAtPath(join(project, file))] as const,
  );
  sources.resolveSourceFileDependencies();

  const anchors = new Map<string, number>();
  const exported = new Map<Node, PublicExport>();
  const modules = files.map(([subpath, file]) => ({
    specifier: join(manifest.name, subpath),
    about: aboutOf(file),
    exports: [...file.getExportedDeclarations()].map(([name, all]) => {
      const declarations = withoutImplementations(all);
      const found = { name, declarations, anchor: nextAnchor(name), file: fileOf(declarations) };
      for (const declaration of all) exported.set(declaration, found);
      return found;
    }),
  }));

  return { modules, exportOf: (declaration) => exported.get(declaration), ownFileOf };

  function ownFileOf(declaration: Node): string | undefined {
    const path = relative(project, declaration.getSourceFile().getFilePath());
    return path.startsWith('..') || path.includes('node_modules/') ? undefined : path;
  }

  function fileOf([first]: readonly Node[]): string {
    return (first && ownFileOf(first)) ?? '';
  }

  /** GitHub numbers headings that are the same. */
  function nextAnchor(name: string): string {
    const base = slug(name);
    const count = anchors.get(base) ?? 0;
    anchors.set(base, count + 1);
    return count === 0 ? base : `${base}-${count}`;
  }
}

function aboutOf(file: SourceFile): string {
  const comments = file.getStatements()[0]?.getLeadingCommentRanges() ?? [];
  const lines = comments.flatMap((comment) => /^\/\/ (.*)/.exec(comment.getText())?.[1] ?? []);
  return lines.join(' ');
}

function withoutImplementations(declarations: readonly Node[]): readonly Node[] {
  const overloads = declarations.filter((node) => Node.isFunctionDeclaration(node) && node.isOverload());
  return overloads.length > 0 ? overloads : declarations;
}
