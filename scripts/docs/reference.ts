import { slug } from './markdown.ts';
import { MissingCommentsError } from './missing-comments-error.ts';
import { type PublicExport, type PublicModule, readPublicApi } from './public-api.ts';
import { ReferenceWriter } from './reference-writer.ts';
import { inSections } from './sections.ts';

const ABOUT = `# Reference

What a tool, a connector and their tests are written with: all that the package exports, by what it is imported from. \`npm run docs\`
makes this file from the doc comments in the code, and a test runs its examples.`;

/**
 * The reference of a package, in Markdown, made of the doc comments of what it exports.
 * @param project an absolute path
 * @throws MissingCommentsError where something has no doc comment
 */
export function reference(project: string): string {
  const api = readPublicApi(project);
  const writer = new ReferenceWriter(api);
  const modules = api.modules.map((module) => ({ module, sections: sectionsOf(module) }));
  const text = [
    ABOUT,
    modules.map(({ module, sections }) => contents(module, sections)).join('\n'),
    ...modules.flatMap(({ module, sections }) => [
      `## \`${module.specifier}\``,
      module.about,
      ...sections.flatMap(({ title, exports }) => [
        title === '' ? '' : `### ${title}`,
        ...exports.map((each) => writer.export(each, title === '' ? 3 : 4)),
      ]),
    ]),
  ];
  if (writer.missing.length > 0) throw new MissingCommentsError(writer.missing);
  return `${text.filter((block) => block !== '').join('\n\n')}\n`;
}

interface Section {
  title: string;
  exports: readonly PublicExport[];
}

function sectionsOf({ exports }: PublicModule): Section[] {
  const sections = [...inSections(exports, ({ file }) => file)];
  // Sections are worth their headings where there are several.
  if (sections.length === 1) return [{ title: '', exports }];
  return sections.map(([title, found]) => ({ title, exports: found.map(({ item }) => item) }));
}

function contents({ specifier }: PublicModule, sections: readonly Section[]): string {
  const lines = sections.map(({ title, exports }) => {
    const links = exports.map(({ name, anchor }) => `[\`${name}\`](#${anchor})`).join(', ');
    return title === '' ? `: ${links}` : `\n  - ${title}: ${links}`;
  });
  return `- [\`${specifier}\`](#${slug(specifier)})${lines.join('')}`;
}
