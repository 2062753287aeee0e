import type { MiddlewareObj, Request } from '@middy/core';
import type { Tool } from '../../contract/define-tool.ts';
import { ProxyClient } from '../../scalekit/proxy-client.ts';
import type { Runtime } from '../runtime.ts';
import type { ToolCall } from '../tool-call.ts';

/**
 * Lets the tool run only if the account is ACTIVE, and creates the client that calls the provider with this account.
 */
export function checkAccount(tool: Tool, runtime: Runtime): MiddlewareObj<ToolCall> {
  const { connector } = tool;
  const { connection } = runtime.forConnector(connector);
  const { connectionSetting } = connector;
  const { scalekit } = runtime;

  return { before: check };

  async function check({ event: call }: Request<ToolCall>): Promise<void> {
    const { deadline, identifier, input, statistics } = call;
    const connectionsMark = scalekit.sdk.connections.mark();
    const account = { connector: connector.name, connection, connectionSetting, identifier };
    const { fromCache } = await scalekit.accounts.assertActive(account, deadline);
    statistics.accountFromCache = fromCache;
    call.api = new ProxyClient({
      scalekit,
      account,
      deadline,
      statistics,
      connector,
      tool,
      input,
      traceparent: call.surface.traceparent?.header,
      connectionsMark,
    });
  }
}
