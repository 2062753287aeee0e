import { join } from 'node:path';
import { findTasks } from '../../local/eval/find-tasks.ts';
import { projectTools } from './project-tools.ts';
import { transcriptModel } from './transcript-model.ts';

const PROJECT = join(import.meta.dirname, '../..');
const tasks = await findTasks(PROJECT, new Set(projectTools.map(({ connector }) => connector.name)));

/**
 * A provider of the AI SDK, whose models follow the transcripts of tasks. A model's name is for example
 * `gmail_remove_filter/right`.
 */
export const transcripts = {
  languageModel(name: string) {
    const [taskName, kind] = name.split('/');
    const task = tasks.find((candidate) => candidate.name === taskName);
    if (!task || (kind !== 'right' && kind !== 'wrong')) throw new Error(`There is no model ${name}.`);
    return transcriptModel(task[kind]);
  },
};
