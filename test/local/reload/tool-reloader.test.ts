import { expect, test } from 'vitest';
import { describeReload } from '../../../local/reload/tool-reloader.ts';

const nothing = { changed: [], removed: [], providers: [], problems: [], needsRestart: [] };

test('the text for the terminal describes every effect of a change', () => {
  const text = describeReload({
    changed: ['asana_get_task', 'asana_list_tasks'],
    removed: ['asana_find_task'],
    providers: ['asana'],
    problems: [{ file: 'functions/asana/a.ts', message: 'functions/asana/a.ts cannot be imported: why' }],
    needsRestart: ['lib/a.ts', 'local/b.ts'],
  });

  expect(text.split('\n')).toEqual([
    'Reloaded: asana_get_task, asana_list_tasks',
    'Removed: asana_find_task',
    'Emulated provider started: asana',
    'Not loaded: functions/asana/a.ts cannot be imported: why',
    'Restart npm start to use the changes of lib/a.ts, local/b.ts.',
  ]);
});

test('the text for the terminal says if no tool has changed', () => {
  expect(describeReload(nothing)).toBe('Reloaded. No tool has changed.');
});
