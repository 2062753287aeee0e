import { describe, expect, test } from 'vitest';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import { type SelectableTool, toolSelection } from '../../../lib/surfaces/tool-selection.ts';

const TOOLS: readonly SelectableTool[] = [
  { name: 'gmail_list_unread', connector: 'gmail', effect: 'read' },
  { name: 'gmail_send_message', connector: 'gmail', effect: 'create' },
  { name: 'slack_send_message', connector: 'slack', effect: 'create' },
  { name: 'slack_remove_reaction', connector: 'slack', effect: 'delete' },
];
const selected = (query: Record<string, string>) =>
  TOOLS.filter(toolSelection(query, TOOLS)).map(({ name }) => name);

test.each([
  [{}, TOOLS.map(({ name }) => name)],
  [{ connectors: 'slack' }, ['slack_send_message', 'slack_remove_reaction']],
  [{ connectors: 'slack,gmail' }, TOOLS.map(({ name }) => name)],
  [{ tools: 'slack_send_message,gmail_list_unread' }, ['gmail_list_unread', 'slack_send_message']],
  [{ readonly: '1' }, ['gmail_list_unread']],
  [{ readonly: '0' }, TOOLS.map(({ name }) => name)],
  [{ connectors: 'gmail', readonly: '1' }, ['gmail_list_unread']],
  [{ connectors: 'gmail', tools: 'slack_send_message' }, []],
  [{ connectors: 'slack', readonly: '1' }, []],
])('the query %j selects %j', (query, names) => {
  expect(selected(query)).toEqual(names);
});

describe('an invalid query', () => {
  test.each([
    [{ connectors: 'gmial' }, 'must be names of connectors with commas between them: gmail,slack'],
    [
      { tools: 'gmail_list_unraed' },
      'must be names of tools with commas between them, such as gmail_list_unread; without a query, GET /tools lists the names',
    ],
    [{ readonly: 'true' }, 'must be 1 or 0'],
  ])('is rejected with the allowed values: %j', (query, issue) => {
    expect(() => selected(query)).toThrow(
      expect.objectContaining({ details: [expect.objectContaining({ issue })] }),
    );
  });

  test.each([
    [{ connectors: '' }, 'connectors'],
    [{ connectors: 'asana' }, 'connectors'],
    [{ connectors: 'gmail, slack' }, 'connectors'],
    [{ connectors: 'constructor' }, 'connectors'],
    [{ tools: '' }, 'tools'],
    [{ tools: 'gmail_*' }, 'tools'],
    [{ tools: 'gmail_list_unread,' }, 'tools'],
    [{ readonly: '' }, 'readonly'],
    [{ readonly: 'true' }, 'readonly'],
    [{ readonly: '1,1' }, 'readonly'],
    [{ readOnly: '1' }, ''],
    [{ 'read\u200bonly': '1' }, ''],
    [{ toString: '1' }, ''],
    [JSON.parse('{"__proto__": "1"}'), ''],
  ])('is rejected: %j', (query, path) => {
    expect(() => selected(query)).toThrow(ToolError);
    expect(() => selected(query)).toThrow(
      expect.objectContaining({ code: 'invalid_input', details: [expect.objectContaining({ path })] }),
    );
  });
});
