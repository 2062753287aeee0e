import type { CataloguedTool } from '../console-api.ts';
import { isSameJson } from './same-json.ts';

/** What to tell of a catalogue that came in place of another; null where its contracts are the same. */
export function catalogueChanges(
  before: readonly CataloguedTool[],
  after: readonly CataloguedTool[],
): string | null {
  const known = new Map(before.map((tool) => [tool.name, tool]));
  const names = new Set(after.map(({ name }) => name));
  const taken = after.filter((tool) => !isSameJson(tool, known.get(tool.name) ?? null));
  const gone = before.filter(({ name }) => !names.has(name));
  const sentences = [sentence('Tools taken up', taken), sentence('Tools that are gone', gone)];
  return sentences.filter((text) => text !== '').join(' ') || null;
}

function sentence(start: string, tools: readonly CataloguedTool[]): string {
  return tools.length === 0 ? '' : `${start}: ${tools.map(({ name }) => name).join(', ')}.`;
}
