import type { MiddlewareObj, Request } from '@middy/core';
import type { Tool } from '../../contract/define-tool.ts';
import { pagingRequest } from '../../contract/paging.ts';
import { ToolError } from '../../errors/tool-error.ts';
import { coerceInput } from '../coerce-input.ts';
import { inputFaults } from '../input-faults.ts';
import type { Runtime } from '../runtime.ts';
import type { ToolCall } from '../tool-call.ts';

/** Replaces the received input with the parsed input, or rejects it with the path of each fault. */
export function validateInput(tool: Tool, runtime: Runtime): MiddlewareObj<ToolCall> {
  return { before: validate };

  async function validate({ event: call }: Request<ToolCall>): Promise<void> {
    const parsed = parse(call.surface.input());
    call.idempotencyKey = call.surface.idempotencyKey?.();
    if (!tool.list) {
      call.input = parsed;
      call.runInput = parsed;
      return;
    }
    const { max_results: requested, cursor, ...input } = { ...parsed, ...pagingRequest().parse(parsed) };
    call.input = input;
    const position = cursor === undefined ? undefined : await positionOf(cursor, requested, call);
    call.position = position ?? { token: undefined, given: 0, size: requested ?? tool.list.default };
    call.runInput = { ...input, page: { size: call.position.size, cursor: call.position.token } };
  }

  function parse(raw: unknown): Record<string, unknown> {
    const { input, details } = coerceInput(tool.input, raw);
    const result = tool.input.safeParse(input);
    // `coerceInput` has removed the fields that it could not read. The schema would report each of them a second time,
    // as missing.
    const unread = new Set(details.map(({ path }) => path));
    const issues = result.error?.issues.filter(
      ({ path }) => !unread.has(String(path[0])) || path.length === 0,
    );
    const faults = [...details, ...inputFaults(issues ?? [])];
    if (result.success && faults.length === 0) return result.data;
    throw new ToolError('invalid_input', { details: faults, cause: result.error });
  }

  async function decode(cursor: string, { identifier, input, deadline }: ToolCall) {
    const { signal } = deadline;
    const scope = { tool: tool.name, identifier, input };
    const position = (await runtime.cursors(signal)).decode(cursor, scope);
    // The secret may have been rotated, and another environment may have signed the cursor with the newer secret.
    if (position || !runtime.scalekit.secret.forget()) return position;
    return (await runtime.cursors(signal)).decode(cursor, scope);
  }

  async function positionOf(cursor: string, requested: number | undefined, call: ToolCall) {
    const position = await decode(cursor, call);
    if (!position) {
      throw invalid(
        'cursor',
        'not a next_cursor of this tool with these inputs; repeat the other inputs unchanged, or leave it out',
      );
    }
    if (requested !== undefined && requested !== position.size) {
      throw invalid(
        'max_results',
        `this list was begun with ${position.size}; repeat that with the cursor, or leave it out`,
      );
    }
    return position;
  }
}

function invalid(path: string, issue: string): ToolError {
  return new ToolError('invalid_input', { details: [{ path, issue }] });
}
