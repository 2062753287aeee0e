import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import { gmail } from './connector.ts';
import { filterIdInput } from './shared/mail-ids.ts';
import { FilterOutput, FilterResponse, labelNames, toFilter } from './shared/mailbox-settings.ts';

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_remove_filter',
  effect: 'delete',
  idempotent: true,
  scopes: ['https://www.googleapis.com/auth/gmail.settings.basic'],
  description:
    'Removes one filter of the Gmail mailbox for good, and returns what it did. Messages that it handled stay where they are.',
  input: { filter_id: filterIdInput('The id of the filter, as gmail_list_filters returns it.') },
  output: FilterOutput.shape,
  examples: [
    {
      input: { filter_id: 'ANe1Bmj5k' },
      output: { id: 'ANe1Bmj5k', criteria: 'from:(news@example.com)', actions: ['archive'] },
    },
  ],

  async run({ filter_id }, { api, signal }) {
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters/get
    const { body } = await api.get(path`/gmail/v1/users/me/settings/filters/${filter_id}`, {
      response: FilterResponse,
    });
    const names = await labelNames(api, [body], signal);
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters/delete
    await api.delete(path`/gmail/v1/users/me/settings/filters/${filter_id}`);
    return toFilter(body, names);
  },
});

export const handler = createHandler(tool);
