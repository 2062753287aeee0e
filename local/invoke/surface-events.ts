import { agentCoreClientContext } from '../events/agentcore-client-context.ts';
import { apiEvent, functionEvent } from '../events/bedrock-events.ts';
import { httpEvent } from '../events/http-event.ts';
import type { Issuer } from '../issuer/start-issuer.ts';

export const SURFACE_NAMES = ['http', 'bedrock-function', 'bedrock-openapi', 'agentcore', 'direct'] as const;

export type SurfaceName = (typeof SURFACE_NAMES)[number];

/** Those that wrap what a tool answers. */
export const WRAPPING_SURFACES: ReadonlySet<SurfaceName> = new Set([
  'http',
  'bedrock-function',
  'bedrock-openapi',
]);

export interface LocalCall {
  tool: string;
  /** For whom the tool runs. */
  identifier: string;
  input: object;
  /** Claims of the caller's token besides `sub`, where the surface has one. */
  claims?: Record<string, unknown>;
}

/** What reaches the function of a tool. */
export interface SentEvent {
  event: unknown;
  /** What the Lambda API takes beside the event. */
  clientContext?: unknown;
}

/** The same call as each surface sends it. */
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

/** The output or the error, which the form of a surface has as a text somewhere within; undefined where it has none. */
export function wrappedBody(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  if ('body' in answer && typeof answer.body === 'string') return answer.body;
  return Object.values(answer)
    .map(wrappedBody)
    .find((body) => body !== undefined);
}
