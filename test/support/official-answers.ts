import type { Script } from '../../local/testing/scripted-provider.ts';

/**
 * An input for each tool of a connector, by the tool's name, with the responses in the provider's documentation.
 * `functions/<connector>/test/official-answers.ts` exports it as `officialAnswers`.
 */
export type OfficialAnswers = Readonly<Record<string, { input: Record<string, unknown>; script: Script }>>;
