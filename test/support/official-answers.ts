import type { Script } from '../../local/testing/scripted-provider.ts';

/**
 * For each tool of a connector, an input and the responses in the provider's documentation. The key is the name of the
 * tool. `functions/<connector>/test/official-answers.ts` exports it as `officialAnswers`.
 */
export type OfficialAnswers = Readonly<Record<string, { input: Record<string, unknown>; script: Script }>>;
