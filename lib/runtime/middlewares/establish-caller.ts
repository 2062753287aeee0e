import type { MiddlewareObj } from '@middy/core';
import type { Connector } from '../../contract/define-connector.ts';
import { ToolError } from '../../errors/tool-error.ts';
import { isIdentifier } from '../../identity/identifier.ts';
import { identify } from '../../identity/identify.ts';
import type { Runtime } from '../runtime.ts';
import type { ToolCall } from '../tool-call.ts';

/** Finds out for whom the tool runs, from what the surface verified and never from the input. */
export function establishCaller(connector: Connector, runtime: Runtime): MiddlewareObj<ToolCall> {
  const { identityTemplate } = runtime.forConnector(connector);
  const { DELEGATION_SCOPE: delegationScope, REQUIRED_SCOPE: requiredScope } = runtime.settings;

  return {
    before({ event: call }) {
      const from = call.surface.caller();
      const identifier =
        'identifier' in from
          ? from.identifier
          : identify(from.caller, from.named, { identityTemplate, delegationScope, requiredScope });
      if (!isIdentifier(identifier)) {
        throw new ToolError('unauthenticated', {
          message: 'The identifier must be 1 to 256 visible ASCII characters.',
        });
      }
      call.identifier = identifier;
    },
  };
}
