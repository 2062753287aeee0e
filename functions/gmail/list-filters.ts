import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import { gmail } from './connector.ts';
import { DescribedFilter, describeFilter, FilterList } from './shared/filter.ts';

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_list_filters',
  effect: 'read',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  description:
    "Lists the filters of the user's Gmail mailbox: which incoming messages each one matches, as a Gmail search, and what it does to them.",
  list: {
    key: 'filters',
    item: DescribedFilter,
    default: 50,
    maximum: 1_000,
  },
  examples: [
    {
      input: {},
      output: {
        filters: [
          { id: 'ANe1Bmj5k', criteria: 'from:(news@example.com)', actions: ['archive', 'add label Label_3'] },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run(_input, { api }) {
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters/list
    const { body } = await api.get(path`/gmail/v1/users/me/settings/filters`, {
      response: FilterList,
    });
    return { items: body.filter.map(describeFilter) };
  },
});

export const handler = createHandler(tool);
