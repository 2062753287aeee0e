import { agentCoreClientContext } from '../../local/events/agentcore-client-context.ts';
import { lambdaContext } from './http-event.ts';

/** Returns the Lambda context of an invocation by AgentCore Gateway. */
export function agentCoreContext(...sent: Parameters<typeof agentCoreClientContext>) {
  return { ...lambdaContext(), clientContext: agentCoreClientContext(...sent) };
}
