import type { CataloguedTool } from '../../console-api.ts';
import { isSameJson } from '../shared/json.ts';

export interface ToolGroup {
  connector: string;
  tools: readonly CataloguedTool[];
}

const TOOL_NAME = /\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b/g;

/**
 * Finds the tools that contain every word of the filter in their name, title, effect or description. Groups
 * them by connector.
 */
export function filterTools(tools: readonly CataloguedTool[], filter: string): ToolGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = tools.filter(({ name, title, effect, description }) => {
    // The description of a tool may mention other tools, whose names must not match the filter.
    const text = `${name} ${title} ${effect} ${description.replaceAll(TOOL_NAME, '')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const groups = Map.groupBy(found, ({ connector }) => connector);
  return [...groups].map(([connector, ofConnector]) => ({ connector, tools: ofConnector }));
}

/**
 * Returns the tool to show first: a tool that reads and has no required input, because it can be called at
 * once. A list is preferred.
 */
export function firstTool(tools: readonly CataloguedTool[]): CataloguedTool | undefined {
  const isReady = ({ effect, inputSchema }: CataloguedTool) =>
    effect === 'read' && (inputSchema.required ?? []).length === 0;
  return (
    tools.find((tool) => isReady(tool) && tool.inputSchema.properties.cursor) ??
    tools.find(isReady) ??
    tools[0]
  );
}

/** Describes the difference between two catalogues; null if no contract has changed. */
export function catalogueChanges(
  before: readonly CataloguedTool[],
  after: readonly CataloguedTool[],
): string | null {
  const known = new Map(before.map((tool) => [tool.name, tool]));
  const names = new Set(after.map(({ name }) => name));
  const changed = after.filter((tool) => !isSameJson(tool, known.get(tool.name) ?? null));
  const removed = before.filter(({ name }) => !names.has(name));
  const sentences = [sentence('Tools reloaded', changed), sentence('Tools removed', removed)];
  return sentences.filter((text) => text !== '').join(' ') || null;
}

function sentence(start: string, tools: readonly CataloguedTool[]): string {
  return tools.length === 0 ? '' : `${start}: ${tools.map(({ name }) => name).join(', ')}.`;
}
