import type { Tool } from '../../lib/contract/define-tool.ts';
import type { CheckedAgainst } from './checked-against.ts';

const BEGIN = '<!-- The tools, as npm run fix lists them. -->';
const END = '<!-- The end of the tools. -->';

/** Returns the row of a tool in the table. */
export function toolRow({ name, effect, description }: Tool, checkedAgainst: CheckedAgainst): string {
  const checks = checkedAgainst(name).join(', ') || '–';
  return `| \`${name}\` | ${effect} | ${description.replaceAll('|', '\\|')} | ${checks} |`;
}

/** Replaces the table of tools in a document. Returns the document unchanged if it has no place for the table. */
export function withToolTable(
  document: string,
  tools: readonly Tool[],
  checkedAgainst: CheckedAgainst,
): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) return document;
  const table = [
    '| tool | effect | what it does | checked against |',
    '|---|---|---|---|',
    ...tools.map((tool) => toolRow(tool, checkedAgainst)),
  ].join('\n');
  return `${document.slice(0, begin)}${BEGIN}\n\n${table}\n\n${document.slice(end)}`;
}
