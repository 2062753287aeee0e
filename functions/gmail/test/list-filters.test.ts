import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { tool } from '../list-filters.ts';
import { describeActions, describeCriteria } from '../shared/mailbox-settings.ts';
import { providerErrors } from './provider-errors.ts';

const ProviderFilters = z.object({ filter: z.array(z.object({ id: z.string() })) });

describe('gmail_list_filters', () => {
  const local = useStackAndBed();

  test('lists the filters with the documented request', async () => {
    const { status, json } = await local.stack.call('user_ada', tool.name);

    const atProvider = await local.stack.provider('gmail', 'user_ada', '/gmail/v1/users/me/settings/filters');
    const ids = ProviderFilters.parse(atProvider).filter.map(({ id }) => id);
    expect(status).toBe(200);
    expect(json).toEqual({
      filters: [
        { id: ids[0], criteria: 'from:(orders@boltchain.example)', actions: ['add label Suppliers'] },
        {
          id: ids[1],
          criteria: 'from:(billing@northport.example)',
          actions: ['add label Invoices', 'mark as important'],
        },
        { id: ids[2], criteria: 'from:(winner@luckywheel.example)', actions: ['archive', 'delete'] },
        {
          id: ids[3],
          criteria: 'from:(bills@northportpower.example)',
          actions: ['forward to receipts@ledgerline.example'],
        },
      ],
      count: 4,
      next_cursor: null,
      omitted: 0,
    });
    const [request] = local.stack.scalekit.requests.filter(({ kind }) => kind === 'proxy');
    expect(request?.forwarded?.method).toBe('GET');
    expect(request?.forwarded?.path).toBe('/gmail/v1/users/me/settings/filters');
  });

  test('shows IDs if Gmail does not return the names of labels', async () => {
    const filter = [{ id: 'f1', action: { addLabelIds: ['Label_9'] } }];
    local.bed.provider.script = ({ url = '' }) =>
      url.endsWith('/labels') ? { status: 403, body: {} } : { body: { filter } };

    expect((await local.bed.environment(tool)()).json).toMatchObject({
      filters: [{ id: 'f1', actions: ['add label Label_9'] }],
    });
  });

  test('returns an empty list for a mailbox without filters', async () => {
    local.bed.provider.script = () => ({ body: {} });

    const { json } = await local.bed.environment(tool)();

    expect(json).toEqual({ filters: [], count: 0, next_cursor: null, omitted: 0 });
  });

  test('returns the filters in pages, although Gmail returns them in one response', async () => {
    const filter = Array.from({ length: 7 }, (_, index) => ({
      id: `filter-${index}`,
      criteria: {},
      action: {},
    }));
    local.bed.provider.script = () => ({ body: { filter } });
    const call = local.bed.environment(tool);
    const Page = z.object({
      filters: z.array(z.object({ id: z.string() })),
      next_cursor: z.string().nullable(),
    });

    const first = Page.parse((await call({ input: { max_results: 4 } })).json);
    const second = Page.parse((await call({ input: { cursor: first.next_cursor } })).json);

    expect([...first.filters, ...second.filters].map(({ id }) => id)).toEqual(filter.map(({ id }) => id));
    expect(second.next_cursor).toBeNull();
  });
});

test.each([
  [{}, ''],
  [{ from: 'a@b.example', to: 'c', subject: 'bike parts' }, 'from:(a@b.example) to:(c) subject:(bike parts)'],
  [{ query: 'list:news', negatedQuery: 'urgent' }, 'list:news -{urgent}'],
  [{ hasAttachment: true, excludeChats: true }, 'has:attachment -in:chats'],
  [{ size: 5_000_000, sizeComparison: 'larger' }, 'larger:5000000'],
  [{ size: 10, sizeComparison: 'smaller' }, 'smaller:10'],
  [{ size: 10, sizeComparison: 'unspecified' }, ''],
])('describeCriteria converts %j to a search', (criteria, expected) => {
  expect(describeCriteria(criteria)).toBe(expected);
});

test.each([
  [{}, []],
  [
    { removeLabelIds: ['INBOX', 'UNREAD', 'SPAM', 'Label_1'] },
    ['archive', 'mark as read', 'never mark as spam', 'remove label Clients'],
  ],
  [{ addLabelIds: ['TRASH', 'STARRED', 'Label_2'] }, ['delete', 'star', 'add label Label_2']],
  // Gmail's settings page uses these words: https://support.google.com/mail/answer/6579 and
  // https://support.google.com/mail/answer/3094499
  [{ addLabelIds: ['CATEGORY_PERSONAL'] }, ['categorise as Primary']],
  [
    { addLabelIds: ['CATEGORY_SOCIAL', 'CATEGORY_UPDATES'] },
    ['categorise as Social', 'categorise as Updates'],
  ],
  [{ addLabelIds: ['CATEGORY_FORUMS'] }, ['categorise as Forums']],
  [{ addLabelIds: ['CATEGORY_PROMOTIONS'] }, ['categorise as Promotions']],
  // https://www.workwithg.com/2025/09/gmail-purchases-tab-shopping-management.html: Gmail
  // added this category in 2025.
  [
    { addLabelIds: ['CATEGORY_PURCHASES'], removeLabelIds: ['CATEGORY_PROMOTIONS'] },
    ['do not categorise as Promotions', 'categorise as Purchases'],
  ],
  [{ addLabelIds: ['CATEGORY_'] }, ['add label CATEGORY_']],
  [{ forward: 'x@y.example' }, ['forward to x@y.example']],
  [{ addLabelIds: ['constructor'] }, ['add label constructor']],
])('describeActions converts %j to phrases', (action, expected) => {
  expect(describeActions(action, new Map([['Label_1', 'Clients']]))).toEqual(expected);
});

testProviderErrors(tool, {}, providerErrors);
