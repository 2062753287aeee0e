import type { ProviderRequest, Script } from '../../../local/testing/scripted-provider.ts';

/** Returns the method that a request calls, and its query. */
export function calledBy({ url = '' }: Pick<ProviderRequest, 'url'>) {
  const { pathname, searchParams } = new URL(url, 'https://slack.example');
  return { method: pathname.replace('/api/', ''), query: Object.fromEntries(searchParams) };
}

/** A provider with one response body for each method. */
export function answering(bodies: Readonly<Record<string, unknown>>): Script {
  return (request) => ({ body: bodies[calledBy(request).method] ?? { ok: false, error: 'unknown_method' } });
}
