import { id, type ProviderClient, path, ToolError, text } from 'scalekit-lambda-tools';
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
export const FilterResponse = z.object({
  id: id(),
  criteria: Criteria.optional(),
  action: Action.optional(),
});
type Filter = z.output<typeof FilterResponse>;

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters/list */
export const FilterListResponse = z.object({ filter: z.array(FilterResponse).default([]) });

const LabelListResponse = z.object({
  labels: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
});

/** The names of labels, by label ID. */
export type LabelNames = ReadonlyMap<string, string>;

/** Returns the criteria of a filter as a Gmail search. https://support.google.com/mail/answer/7190 */
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

// If a filter adds or removes one of these system labels, Gmail's settings page shows these words instead of
// the label.
const ADDED = new Map([
  ['TRASH', 'delete'],
  ['STARRED', 'star'],
  ['IMPORTANT', 'mark as important'],
  ['SPAM', 'mark as spam'],
  ['CATEGORY_PERSONAL', 'categorise as Primary'],
]);
const CATEGORY = /^CATEGORY_([A-Z])([A-Z]{1,40})$/;
const REMOVED = new Map([
  ['INBOX', 'archive'],
  ['UNREAD', 'mark as read'],
  ['SPAM', 'never mark as spam'],
  ['IMPORTANT', 'never mark as important'],
]);

/** Returns the name of a category of the inbox, or undefined for any other label. Gmail may add new categories. */
function categoryIn(label: string): string | undefined {
  const [, first, rest] = CATEGORY.exec(label) ?? [];
  return rest && `${first}${rest.toLowerCase()}`;
}

function added(label: string): string | undefined {
  const category = categoryIn(label);
  return ADDED.get(label) ?? (category && `categorise as ${category}`);
}

function removed(label: string): string | undefined {
  const category = categoryIn(label);
  return REMOVED.get(label) ?? (category && `do not categorise as ${category}`);
}

/** Returns one phrase for each action of a filter. */
export function describeActions(
  { addLabelIds = [], removeLabelIds = [], forward }: z.output<typeof Action>,
  names: LabelNames,
): string[] {
  const nameOf = (label: string) => names.get(label) ?? label;
  return [
    ...removeLabelIds.map((label) => removed(label) ?? `remove label ${nameOf(label)}`),
    ...addLabelIds.map((label) => added(label) ?? `add label ${nameOf(label)}`),
    ...(forward ? [`forward to ${forward}`] : []),
  ];
}

const ACTIONS_MAX = 20;

export const FilterOutput = z.strictObject({
  id: id(),
  criteria: text(1_500),
  actions: z.array(text(300)),
});

export function toFilter(filter: Filter, names: LabelNames): z.input<typeof FilterOutput> {
  return {
    id: filter.id,
    criteria: describeCriteria(filter.criteria ?? {}),
    actions: describeActions(filter.action ?? {}, names).slice(0, ACTIONS_MAX),
  };
}

/**
 * Reads the names of labels. The request is sent only if a filter uses a label that the user created. If
 * Gmail does not return the names, the output shows IDs.
 * @throws ToolError if the call has run out of time
 */
export async function labelNames(
  api: ProviderClient,
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<LabelNames> {
  const used = filters.flatMap(({ action }) => [
    ...(action?.addLabelIds ?? []),
    ...(action?.removeLabelIds ?? []),
  ]);
  if (used.every((label) => added(label) ?? removed(label))) return new Map();
  try {
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels/list
    const { body } = await api.get(path`/gmail/v1/users/me/labels`, { response: LabelListResponse });
    return new Map(body.labels.map(({ id, name }) => [id, name]));
  } catch (error) {
    if (error instanceof ToolError && !signal.aborted) return new Map();
    throw error;
  }
}

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs#SendAs */
const SendAsResponse = z.object({
  sendAsEmail: z.string(),
  displayName: z.string().default(''),
  replyToAddress: z.string().default(''),
  isPrimary: z.boolean().default(false),
  isDefault: z.boolean().default(false),
  verificationStatus: z.string().optional(),
});
export type SendAs = z.output<typeof SendAsResponse>;

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs/list */
export const SendAsListResponse = z.object({ sendAs: z.array(SendAsResponse).default([]) });
