import { expect, test } from 'vitest';
import * as z from 'zod';
import { answerRows } from '../../../local/verify/answer-rows.ts';
import { findInputs, neededInputs } from '../../../local/verify/find-inputs.ts';
import { toolWith } from '../../support/schema-tools.ts';

const field = (description: string) => z.string().describe(description);
const listTasks = toolWith({}, { name: 'acme_list_tasks' });
const tasks = {
  tasks: [
    { id: 't1', project_id: 'p1', note: null, number: 7 },
    { id: 't2', project_id: 'p2', comments: [{ id: 'c1' }] },
  ],
  count: 2,
};
const rows = answerRows(listTasks, { workspace: 'w1' }, tasks);

test('the output and each object in its lists become rows, and each row includes the input of the call', () => {
  expect(rows.map(({ object, values }) => [object, Object.fromEntries(values)])).toEqual([
    ['', { workspace: 'w1', count: 2 }],
    ['task', { workspace: 'w1', id: 't1', project_id: 'p1', number: 7 }],
    ['task', { workspace: 'w1', id: 't2', project_id: 'p2' }],
    ['comment', { workspace: 'w1', id: 'c1' }],
  ]);
});

test.each([
  ['no required field', {}, [{}]],
  [
    'the ID of an object that has the same name',
    { task_id: field('The task.') },
    [{ task_id: 't1' }, { task_id: 't2' }],
  ],
  ['an ID of a nested object', { comment_id: field('The comment.') }, [{ comment_id: 'c1' }]],
  [
    'a field that has the same name in the output',
    { project_id: field('The project.') },
    [{ project_id: 'p1' }, { project_id: 'p2' }],
  ],
  [
    'an ID of another tool, which the description names',
    { card: field('A card, or an ID from acme_list_tasks.') },
    [{ card: 't1' }, { card: 't2' }, { card: 'c1' }],
  ],
  [
    'two fields whose values are in one object',
    { workspace: field('The workspace.'), number: z.int().describe('The number.') },
    [{ workspace: 'w1', number: 7 }],
  ],
  [
    'several optional IDs, of which an input has at most one',
    { task_id: field('The task.').optional(), comment_id: field('The comment.').optional() },
    [{}, { task_id: 't1' }, { task_id: 't2' }, { comment_id: 'c1' }],
  ],
  ['a field that no output has', { slug: field('The end of the address.') }, []],
  ['two fields of which one is in no output', { task_id: field('The task.'), slug: field('The end.') }, []],
  ['an ID that the contract rejects', { task_id: field('The task.').max(1) }, []],
])('findInputs finds the right inputs, or no inputs, for a tool with %s', (_, input, inputs) => {
  expect(findInputs(toolWith(input, { name: 'acme_get_thing' }), rows)).toEqual(inputs);
});

test('a number of days comes from the example, and a time is the start of the day a week ago', () => {
  const tool = toolWith(
    { idle_days: z.int().describe('Days, such as 30.'), since: z.iso.datetime().describe('Start.') },
    { examples: [{ input: { idle_days: 30, since: '2020-01-01T00:00:00Z' }, output: {} }] },
  );

  const [input] = findInputs(tool, []);

  expect(input).toEqual({ idle_days: 30, since: expect.any(String) });
  expect(input?.since).toMatch(/T00:00:00Z$/);
  expect(Date.now() - Date.parse(String(input?.since))).toBeLessThan(8 * 86_400_000);
});

test('the number that identifies an object never comes from the example', () => {
  const tool = toolWith(
    { number: z.int().describe('The number of the pull request.') },
    { examples: [{ input: { number: 1_347 }, output: {} }] },
  );

  expect(findInputs(tool, [])).toEqual([]);
  expect(neededInputs(tool)).toEqual(['number']);
});

test('no input of a tool comes from the output of the same tool', () => {
  const tool = toolWith({ task_id: field('The task.') }, { name: 'acme_list_tasks' });

  expect(findInputs(tool, rows)).toEqual([]);
});
