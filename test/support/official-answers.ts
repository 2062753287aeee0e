import type { Script } from '../../local/testing/scripted-provider.ts';

/**
 * For each tool of a connector, by its name: an input, and how the provider's own documentation answers its calls.
 * `functions/<connector>/test/official-answers.ts` exports it as `officialAnswers`.
 */
export type OfficialAnswers = Readonly<Record<string, { input: Record<string, unknown>; script: Script }>>;
