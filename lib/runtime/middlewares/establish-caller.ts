import type { MiddlewareObj, Request } from '@middy/core';
import type { Tool } from '../../contract/define-tool.ts';
import { ToolError } from '../../errors/tool-error.ts';
import { actingParty, type Caller, identify, isIdentifier } from '../../identity/identify.ts';
import { callerRules } from '../../settings/settings.ts';
import type { Runtime } from '../runtime.ts';
import type { ToolCall } from '../tool-call.ts';

/**
 * Identifies the user for whom the tool runs. The user comes from data that the surface or the function has verified,
 * and never from the input.
 */
export function establishCaller({ connector, effect }: Tool, runtime: Runtime): MiddlewareObj<ToolCall> {
  const { identityTemplate } = runtime.forConnector(connector);
  const rules = callerRules(runtime.settings, effect);

  return { before: establish };

  async function establish({ event: call }: Request<ToolCall>): Promise<void> {
    const identifier = await identifierOf(call);
    if (!isIdentifier(identifier)) {
      throw new ToolError('unauthenticated', {
        message: 'The identifier must be 1 to 256 visible ASCII characters.',
      });
    }
    call.identifier = identifier;
  }

  async function identifierOf(call: ToolCall): Promise<unknown> {
    const from = call.surface.caller();
    if ('identifier' in from) {
      call.acting.delegated = true;
      return from.identifier;
    }
    const caller: Caller =
      'bearer' in from
        ? { kind: 'token', claims: await runtime.verifyToken(from.bearer, call.deadline.signal) }
        : from.caller;
    // We set this before the checks, because the log should also name a caller that the checks reject.
    const { name = call.surface.sender, delegated } = actingParty(caller, rules);
    call.acting = { name, delegated };
    return identify(caller, from.named, { identityTemplate, ...rules });
  }
}
