import type { DocComment } from './doc-comment.ts';
import type { PublicApi } from './public-api.ts';

const LINK = /\{@link\s+([^\s|}]+)(?:[\s|]+([^}]*?))?\s*\}/g;
const ADDRESS_ALONE = /(?:^|\n)(https:\/\/\S+)(?=\n|$)/g;
const ERROR_NAME = /^[A-Z]\w*Error\b/;

/** A text of a doc comment, with links to what it names, and to the documentation whose address is a line of it. */
export function commentMarkdown(text: string, api: PublicApi): string {
  return text
    .replace(LINK, (_, target: string, label: string | undefined) =>
      target.includes('://') ? `[${label || target}](${target})` : codeLink(target, api),
    )
    .replace(ADDRESS_ALONE, '\n[Documentation]($1).')
    .trim();
}

/** A name, with a link where the package exports it. */
function codeLink(name: string, { modules }: PublicApi): string {
  const found = modules.flatMap(({ exports }) => exports).find((each) => each.name === name);
  return found ? `[\`${name}\`](#${found.anchor})` : `\`${name}\``;
}

/** What a function takes, gives and throws, a paragraph each. */
export function behaviourParagraphs({ parameters, returns, throws }: DocComment, api: PublicApi): string[] {
  const items = parameters.map(({ name, text }) => `- \`${name}\`: ${commentMarkdown(text, api)}`);
  return [
    items.map((item) => item.replaceAll('\n', '\n  ')).join('\n'),
    returns ? `Returns ${commentMarkdown(sentence(returns), api)}` : '',
    ...throws.map((text) => {
      const linked = text.replace(ERROR_NAME, (name) => codeLink(name, api));
      return `Throws ${commentMarkdown(sentence(linked), api)}`;
    }),
  ].filter((paragraph) => paragraph !== '');
}

/** Ends a text, or what of it comes before addresses, with a full stop. */
function sentence(text: string): string {
  return text.replace(/(?<![.:\s])(?=(?:\n+https:\/\/\S+)*$)/, '.');
}
