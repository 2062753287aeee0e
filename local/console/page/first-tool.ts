import type { CataloguedTool } from '../console-api.ts';

/** The tool to show to whoever has chosen none: one that reads and asks for nothing, so that it can be called at once. */
export function firstTool(tools: readonly CataloguedTool[]): CataloguedTool | undefined {
  const isReady = ({ effect, inputSchema }: CataloguedTool) =>
    effect === 'read' && (inputSchema.required ?? []).length === 0;
  return (
    tools.find((tool) => isReady(tool) && tool.inputSchema.properties.cursor) ??
    tools.find(isReady) ??
    tools[0]
  );
}
