import type { CataloguedTool } from '../console-api.ts';

export interface ToolGroup {
  connector: string;
  tools: readonly CataloguedTool[];
}

const TOOL_NAME = /\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b/g;

/** Returns the tools that have every word of the filter in their name, title, effect or description, by connector. */
export function filterTools(tools: readonly CataloguedTool[], filter: string): ToolGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = tools.filter(({ name, title, effect, description }) => {
    // Descriptions name other tools, which nobody looks for here.
    const text = `${name} ${title} ${effect} ${description.replaceAll(TOOL_NAME, '')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const groups = Map.groupBy(found, ({ connector }) => connector);
  return [...groups].map(([connector, ofConnector]) => ({ connector, tools: ofConnector }));
}
