import type { Tool } from '../contract/define-tool.ts';
import { ToolError } from '../errors/tool-error.ts';

/** Rejects an event for another tool, because each function serves only its own. @throws ToolError `internal_error` */
export function assertOwnTool(asked: unknown, { name }: Tool): void {
  if (asked === name) return;
  throw new ToolError('internal_error', {
    message: `This function serves ${name}, but the event is for another tool. Report this to the operator of the tool.`,
  });
}
