import type { Script } from '../../local/testing/scripted-provider.ts';

/**
 * Contains an input and the responses in the provider's documentation for each tool of a connector, by the name of
 * the tool. `functions/<connector>/test/official-answers.ts` exports such an object as `officialAnswers`.
 */
export type OfficialAnswers = Readonly<Record<string, { input: Record<string, unknown>; script: Script }>>;
