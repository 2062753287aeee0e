import type { Tool } from '../../lib/contract/define-tool.ts';
import { handlerWith } from '../../lib/create-handler.ts';
import type { RuntimeOptions } from '../../lib/runtime/runtime.ts';
import { guardWrites } from '../../lib/writes/guard-writes.ts';

/** Creates the handler of a tool that reads or writes. */
export function anyHandler(tool: Tool, options: Partial<RuntimeOptions> = {}) {
  return handlerWith(guardWrites, tool, options);
}
