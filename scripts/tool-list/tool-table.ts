import type { Tool } from '../../lib/contract/define-tool.ts';

const BEGIN = '<!-- The tools, as npm run fix lists them. -->';
const END = '<!-- The end of the tools. -->';

/** What a document says of a tool: one row of a table. */
export function toolRow({ name, effect, description }: Tool): string {
  return `| \`${name}\` | ${effect} | ${description.replaceAll('|', '\\|')} |`;
}

/** The document with a table of these tools in its place; as it is where it has no place for one. */
export function withToolTable(document: string, tools: readonly Tool[]): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) return document;
  const table = ['| tool | effect | what it does |', '|---|---|---|', ...tools.map(toolRow)].join('\n');
  return `${document.slice(0, begin)}${BEGIN}\n\n${table}\n\n${document.slice(end)}`;
}
