import { agentCoreClientContext } from '../events/agentcore-client-context.ts';
import { apiEvent, functionEvent } from '../events/bedrock-events.ts';
import { httpEvent } from '../events/http-event.ts';
import type { Issuer } from '../issuer/start-issuer.ts';

export const SURFACE_NAMES = ['http', 'bedrock-function', 'bedrock-openapi', 'agentcore', 'direct'] as const;

export type SurfaceName = (typeof SURFACE_NAMES)[number];

/** Surfaces that wrap the tool's output or error in their own response format. */
export const WRAPPING_SURFACES: ReadonlySet<SurfaceName> = new Set([
  'http',
  'bedrock-function',
  'bedrock-openapi',
]);

export interface LocalCall {
  tool: string;
  /** The user for whom the tool runs. */
  identifier: string;
  input: object;
  /** Claims besides `sub`, for surfaces with a token. */
  claims?: Record<string, unknown>;
}

/** The event and the client context with which a function is invoked. */
export interface SentEvent {
  event: unknown;
  /** The client context of the invocation. */
  clientContext?: unknown;
}

/** Functions that create the event of one surface. All of them take the same call. */
export const SURFACE_EVENTS: Record<
  SurfaceName,
  (call: LocalCall, issuer: Pick<Issuer, 'sign'>) => SentEvent | Promise<SentEvent>
> = {
  http: ({ tool, identifier, input, claims }) => ({
    event: httpEvent({ tool, claims: { sub: identifier, ...claims }, body: input }),
  }),
  'bedrock-function': ({ tool, identifier, input }) => ({
    event: functionEvent(tool, input, { sessionAttributes: { identifier } }),
  }),
  'bedrock-openapi': ({ tool, identifier, input }) => ({
    event: apiEvent(tool, input, { sessionAttributes: { identifier } }),
  }),
  agentcore: async ({ tool, identifier, input, claims }, issuer) => {
    const token = await issuer.sign({ sub: identifier, ...claims });
    return {
      event: input,
      clientContext: agentCoreClientContext(tool, { Authorization: `Bearer ${token}` }),
    };
  },
  direct: ({ tool, identifier, input }) => ({ event: { tool, identifier, input } }),
};

/** Returns the output or the error in a response, as text. Returns undefined if the response has no body. */
export function wrappedBody(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  if ('body' in answer && typeof answer.body === 'string') return answer.body;
  return Object.values(answer)
    .map(wrappedBody)
    .find((body) => body !== undefined);
}
