import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import { gmail } from './connector.ts';
import { FilterListResponse, FilterOutput, labelNames, toFilter } from './shared/mailbox-settings.ts';

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_list_filters',
  effect: 'read',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  description:
    "Lists the filters of the user's Gmail mailbox: which incoming messages each one matches, as a Gmail search, and what it does to them. gmail_remove_filter removes one.",
  list: {
    key: 'filters',
    item: FilterOutput,
    default: 50,
    maximum: 1_000,
  },
  examples: [
    {
      input: {},
      output: {
        filters: [
          {
            id: 'ANe1Bmj5k',
            criteria: 'from:(news@example.com)',
            actions: ['archive', 'add label Newsletters'],
          },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run(_input, { api, signal }) {
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters/list
    const { body } = await api.get(path`/gmail/v1/users/me/settings/filters`, {
      response: FilterListResponse,
    });
    const names = await labelNames(api, body.filter, signal);
    return { items: body.filter.map((filter) => toFilter(filter, names)) };
  },
});

export const handler = createHandler(tool);
