import type { Tool } from '../../lib/contract/define-tool.ts';
import { mcpTool } from '../../lib/schemas/mcp.ts';

/** Returns a tool's MCP definition as text. Each field has its own line, so a diff shows which field changed. */
export function contractText(tool: Tool): string {
  const { name, inputSchema: input, outputSchema: output, ...rest } = mcpTool(tool);
  const lines = [
    ...fieldLines('', rest),
    ...fieldLines('input.', { ...input, ...input.properties, properties: undefined }),
    ...fieldLines('output.', { ...output, ...output.properties, properties: undefined }),
  ];
  return [name, ...lines, ''].join('\n');
}

function fieldLines(prefix: string, fields: object): string[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${prefix}${name}: ${JSON.stringify(value)}`],
  );
}
