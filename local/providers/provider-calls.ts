import { channel } from 'node:diagnostics_channel';

/** A request that a provider got, or would have got; an emulated provider's answer is with it. */
export interface ProviderCall {
  connector: string;
  method: string;
  path: string;
  headers: Record<string, unknown>;
  body: string;
  response?: { status: number; body: string };
}

/** For whoever listens: every call, to be held against the description of the provider's API. */
export const providerCalls = channel('scalekit-lambda-tools:provider-calls');

export function publishCall(call: ProviderCall): void {
  providerCalls.publish(call);
}
