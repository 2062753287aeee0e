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

  test('without a word there are all, by connector', () => {
    expect(found(' ')).toEqual([
      { connector: 'acme', tools: [list, remove] },
      { connector: 'globex', tools: [other] },
    ]);
  });

  test('each word has to be in the name, the title, the effect or the description', () => {
    expect(found('acme DELETE')).toEqual([{ connector: 'acme', tools: [remove] }]);
    expect(found('lists')).toEqual([{ connector: 'acme', tools: [list] }]);
    expect(found('acme globex')).toEqual([]);
  });
});

describe('catalogueChanges', () => {
  test('tells what was taken up and what is gone', () => {
    expect(catalogueChanges([list, remove], [{ ...list, description: 'Other.' }, other])).toBe(
      'Tools reloaded: acme_list_things, globex_list_things. Tools removed: acme_remove_thing.',
    );
  });

  test('has nothing to tell where the contracts are the same', () => {
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

  test('is a list that asks for nothing, or else a read that asks for nothing, or else any', () => {
    expect(firstTool([remove, needy, list, pages])).toBe(pages);
    expect(firstTool([remove, needy, list])).toBe(list);
    expect(firstTool([remove, needy])).toBe(remove);
    expect(firstTool([])).toBeUndefined();
  });
});
