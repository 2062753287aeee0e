import { id, text } from 'scalekit-lambda-tools';
import * as z from 'zod';

const Criteria = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  subject: z.string().optional(),
  query: z.string().optional(),
  negatedQuery: z.string().optional(),
  hasAttachment: z.boolean().optional(),
  excludeChats: z.boolean().optional(),
  size: z.int().optional(),
  sizeComparison: z.string().optional(),
});
const Action = z.object({
  addLabelIds: z.array(z.string()).optional(),
  removeLabelIds: z.array(z.string()).optional(),
  forward: z.string().optional(),
});

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters#Filter */
export const Filter = z.object({ id: id(), criteria: Criteria.optional(), action: Action.optional() });

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters/list */
export const FilterList = z.object({ filter: z.array(Filter).default([]) });

/** The criteria in the language of Gmail's search box: https://support.google.com/mail/answer/7190 */
export function describeCriteria(criteria: z.output<typeof Criteria>): string {
  const { from, to, subject, query, negatedQuery, hasAttachment, excludeChats, size, sizeComparison } =
    criteria;
  const terms = [
    from && `from:(${from})`,
    to && `to:(${to})`,
    subject && `subject:(${subject})`,
    query,
    negatedQuery && `-{${negatedQuery}}`,
    hasAttachment && 'has:attachment',
    excludeChats && '-in:chats',
    size !== undefined && sizeComparison === 'larger' && `larger:${size}`,
    size !== undefined && sizeComparison === 'smaller' && `smaller:${size}`,
  ];
  return terms.filter((term) => term).join(' ');
}

// What Gmail's own settings call these changes of system labels.
const ADDED = new Map([
  ['TRASH', 'delete'],
  ['STARRED', 'star'],
  ['IMPORTANT', 'mark as important'],
  ['SPAM', 'mark as spam'],
]);
const REMOVED = new Map([
  ['INBOX', 'archive'],
  ['UNREAD', 'mark as read'],
  ['SPAM', 'never mark as spam'],
  ['IMPORTANT', 'never mark as important'],
]);

/** What a filter does, one phrase for each action. */
export function describeActions({
  addLabelIds = [],
  removeLabelIds = [],
  forward,
}: z.output<typeof Action>): string[] {
  return [
    ...removeLabelIds.map((label) => REMOVED.get(label) ?? `remove label ${label}`),
    ...addLabelIds.map((label) => ADDED.get(label) ?? `add label ${label}`),
    ...(forward ? [`forward to ${forward}`] : []),
  ];
}

const ACTIONS_MAX = 20;

/** A filter in words. */
export const DescribedFilter = z.strictObject({
  id: id(),
  criteria: text(1_500),
  actions: z.array(text(300)),
});

export function describeFilter(filter: z.output<typeof Filter>): z.input<typeof DescribedFilter> {
  return {
    id: filter.id,
    criteria: describeCriteria(filter.criteria ?? {}),
    actions: describeActions(filter.action ?? {}).slice(0, ACTIONS_MAX),
  };
}
