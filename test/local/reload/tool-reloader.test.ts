import { expect, test } from 'vitest';
import { describeReload } from '../../../local/reload/tool-reloader.ts';

const nothing = { taken: [], gone: [], providers: [], problems: [], needsRestart: [] };

test('tells all that a change came to', () => {
  const told = describeReload({
    taken: ['asana_get_task', 'asana_list_tasks'],
    gone: ['asana_find_task'],
    providers: ['asana'],
    problems: [{ file: 'functions/asana/a.ts', message: 'functions/asana/a.ts cannot be imported: why' }],
    needsRestart: ['lib/a.ts', 'local/b.ts'],
  });

  expect(told.split('\n')).toEqual([
    'Taken up: asana_get_task, asana_list_tasks',
    'Gone: asana_find_task',
    'Emulated provider started: asana',
    'Not taken up: functions/asana/a.ts cannot be imported: why',
    'To take up lib/a.ts, local/b.ts, start npm start again.',
  ]);
});

test('says so where no tool is another one', () => {
  expect(describeReload(nothing)).toBe('Taken up; no tool has changed.');
});
