import type { MiddlewareObj, Request } from '@middy/core';
import * as z from 'zod';
import { lazily } from '../../cache/lazily.ts';
import type { CursorCodec, Position } from '../../contract/cursor.ts';
import type { Tool } from '../../contract/define-tool.ts';
import { CURSOR_LENGTH_MAX } from '../../contract/paging.ts';
import { AuthoringError } from '../../errors/authoring-error.ts';
import { ToolError } from '../../errors/tool-error.ts';
import { answerLimits } from '../answer-limits.ts';
import { fitOutput, largestThatFits, parseOutput } from '../fit-output.ts';
import type { Runtime } from '../runtime.ts';
import type { ToolCall } from '../tool-call.ts';

const KEPT_TOO_LARGE =
  'This was done before, but its answer is too large to return. Check the result instead of repeating the call.';
const ListResult = lazily(() =>
  z.looseObject({ items: z.array(z.unknown()).readonly(), next: z.string().nullish() }),
);

/**
 * Makes the result of `run` match the output schema and fit into the byte budget. If not all items of a list fit, the
 * next cursor returns the rest.
 */
export function fitAnswer(tool: Tool, runtime: Runtime): MiddlewareObj<ToolCall> {
  const { RESPONSE_BYTES: budgetBytes } = runtime.settings;

  return { after: fit };

  async function fit(request: Request<ToolCall>): Promise<void> {
    const { event: call, response: result } = request;
    const { fitsOutput } = answerLimits(call, budgetBytes);
    // A stored output was already parsed and cleaned when it was read from the table.
    if (call.kept && fitsOutput(result)) return;
    const output =
      tool.list && call.position && !call.kept
        ? fitList(tool.list.key, call.position, result, call, await runtime.cursors(call.deadline.signal))
        : fitOutput(tool.output, result, fitsOutput);
    if (output === undefined && call.kept)
      throw new ToolError('outcome_unknown', { message: KEPT_TOO_LARGE });
    if (output === undefined) throw new AuthoringError(tooLarge(call));
    request.response = output;
  }

  function tooLarge({ surface: { answerBytesMax } }: ToolCall): string {
    const limit = answerBytesMax === undefined ? '' : `, and the whole answer into ${answerBytesMax}`;
    return `The output does not fit into ${budgetBytes} bytes${limit}, even with its texts cut as short as possible.`;
  }

  function fitList(
    key: string,
    position: Position,
    result: unknown,
    call: ToolCall,
    cursors: CursorCodec,
  ): unknown {
    const { items: all, next, ...rest } = ListResult().parse(result);
    const asked = all.slice(position.given, position.given + position.size);
    const scope = { tool: tool.name, identifier: call.identifier, input: call.input };
    const nextPage = next ? { ...position, token: next, given: 0 } : null;
    if (nextPage && cursors.encode(nextPage, scope).length > CURSOR_LENGTH_MAX) {
      throw new ToolError('invalid_provider_response');
    }

    const withFirst = (count: number) => {
      const given = position.given + count;
      const following = given < all.length ? { ...position, given } : nextPage;
      return {
        [key]: asked.slice(0, count),
        ...rest,
        count,
        next_cursor: following && cursors.encode(following, scope),
        omitted: asked.length - count,
      };
    };

    const { fitsOutput } = answerLimits(call, budgetBytes);
    const parsed = (count: number) => parseOutput(tool.output, withFirst(count));
    const whole = parsed(asked.length);
    if (fitsOutput(whole)) return whole;
    const fewest = Math.min(1, asked.length);
    const count = largestThatFits(asked.length - fewest, (fewer) => fitsOutput(parsed(fewer)));
    // We return at least one item. If it is too large, its texts are shortened. Otherwise the caller could never read
    // the items after it.
    return fitOutput(tool.output, withFirst(Math.max(fewest, count)), fitsOutput);
  }
}
