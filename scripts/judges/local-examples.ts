import type { LocalExamples, LocalProvider } from '../../local/providers/local-provider.ts';

/** Returns the inputs that the emulated providers can answer, by tool. */
export function localExamples(providers: readonly LocalProvider[]): LocalExamples {
  return Object.fromEntries(providers.flatMap(({ examples = {} }) => Object.entries(examples)));
}
