import type { Tool } from '../../lib/contract/define-tool.ts';

/** The input with which a tool reads the least; undefined where it writes, or cannot do without an input. */
export function smallestInput({ effect, input, list }: Tool): Record<string, unknown> | undefined {
  const smallest = list ? { max_results: 1 } : {};
  return effect === 'read' && input.safeParse(smallest).success ? smallest : undefined;
}
