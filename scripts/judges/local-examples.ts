import type { LocalExamples, LocalProvider } from '../../local/providers/local-provider.ts';

/** Returns the inputs for which the emulated providers have data, by the name of the tool. */
export function localExamples(providers: readonly LocalProvider[]): LocalExamples {
  return Object.fromEntries(providers.flatMap(({ examples = {} }) => Object.entries(examples)));
}
