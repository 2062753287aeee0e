import { channel } from 'node:diagnostics_channel';

/** A request to a provider. If the provider is emulated, the response is included. */
export interface ProviderCall {
  connector: string;
  method: string;
  path: string;
  headers: Record<string, unknown>;
  body: string;
  response?: { status: number; body: string };
}

/** Publishes every call, so that tests can compare the calls with the official description of the provider's API. */
export const providerCalls = channel('scalekit-lambda-tools:provider-calls');

export function publishCall(call: ProviderCall): void {
  providerCalls.publish(call);
}
