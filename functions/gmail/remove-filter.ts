import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import { gmail } from './connector.ts';
import { DescribedFilter, describeFilter, Filter } from './shared/filter.ts';
import { mailId } from './shared/mail-id.ts';

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_remove_filter',
  effect: 'delete',
  idempotent: true,
  scopes: ['https://www.googleapis.com/auth/gmail.settings.basic'],
  description: 'Removes one filter of the Gmail mailbox for good, and tells what it did.',
  input: { filter_id: mailId('The ID of the filter, as gmail_list_filters gives it.') },
  output: DescribedFilter.shape,
  examples: [
    {
      input: { filter_id: 'ANe1Bmj5k' },
      output: { id: 'ANe1Bmj5k', criteria: 'from:(news@example.com)', actions: ['archive'] },
    },
  ],

  async run({ filter_id }, { api }) {
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters/get
    const { body } = await api.get(path`/gmail/v1/users/me/settings/filters/${filter_id}`, {
      response: Filter,
    });
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters/delete
    await api.delete(path`/gmail/v1/users/me/settings/filters/${filter_id}`);
    return describeFilter(body);
  },
});

export const handler = createHandler(tool);
