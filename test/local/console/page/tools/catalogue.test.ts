import { describe, expect, test } from 'vitest';
import {
  catalogueChanges,
  filterTools,
  firstTool,
} from '../../../../../local/console/page/tools/catalogue.ts';
import { cataloguedTool } from '../catalogued-tool.ts';

const list = cataloguedTool('acme_list_things', { description: 'Lists Things.' });
const remove = cataloguedTool('acme_remove_thing', { effect: 'delete' });
const other = cataloguedTool('globex_list_things');

describe('filterTools', () => {
  const found = (filter: string) => filterTools([list, remove, other], filter);

  test('returns all tools, grouped by connector, if the filter is empty', () => {
    expect(found(' ')).toEqual([
      { connector: 'acme', tools: [list, remove] },
      { connector: 'globex', tools: [other] },
    ]);
  });

  test('matches each word with the name, title, effect or description', () => {
    expect(found('acme DELETE')).toEqual([{ connector: 'acme', tools: [remove] }]);
    expect(found('lists')).toEqual([{ connector: 'acme', tools: [list] }]);
    expect(found('acme globex')).toEqual([]);
  });
});

describe('catalogueChanges', () => {
  test('lists reloaded and removed tools', () => {
    expect(catalogueChanges([list, remove], [{ ...list, description: 'Other.' }, other])).toBe(
      'Tools reloaded: acme_list_things, globex_list_things. Tools removed: acme_remove_thing.',
    );
  });

  test('returns null if no contract has changed', () => {
    expect(catalogueChanges([list], [{ ...list }])).toBeNull();
  });
});

describe('firstTool', () => {
  const needy = cataloguedTool('acme_get_thing', {
    inputSchema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  });
  const pages = cataloguedTool('acme_page_things', {
    inputSchema: { type: 'object', properties: { cursor: { type: 'string' } } },
  });

  test('prefers a list without required input, then a read without required input, then any tool', () => {
    expect(firstTool([remove, needy, list, pages])).toBe(pages);
    expect(firstTool([remove, needy, list])).toBe(list);
    expect(firstTool([remove, needy])).toBe(remove);
    expect(firstTool([])).toBeUndefined();
  });
});
