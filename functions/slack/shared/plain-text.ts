// In one pass, so that nothing is unescaped twice: https://docs.slack.dev/messaging/formatting-message-text
const MARKUP = /<([^<>]*)>|&(amp|lt|gt);/g;
const USER_MENTION = /<@([UW][A-Z0-9]{2,20})(?:\|[^<>]*)?>/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
]);

/** The IDs of the users that a message mentions. */
export function mentionedIn(mrkdwn: string): string[] {
  return Array.from(mrkdwn.matchAll(USER_MENTION), ([, userId = '']) => userId);
}

/**
 * A message as a person reads it: mentions by name, links with their address, and nothing escaped. Marks such as
 * asterisks stay.
 * @param names of users, by their IDs
 */
export function plainText(mrkdwn: string, names: ReadonlyMap<string, string>): string {
  return mrkdwn.replace(MARKUP, (whole, inside: string | undefined, entity: string | undefined) =>
    inside === undefined ? (ENTITIES.get(entity ?? '') ?? whole) : describe(inside, names),
  );
}

function describe(inside: string, names: ReadonlyMap<string, string>): string {
  const bar = inside.indexOf('|');
  const target = unescaped(bar < 0 ? inside : inside.slice(0, bar));
  const label = bar < 0 ? '' : unescaped(inside.slice(bar + 1));
  const rest = target.slice(1);
  if (target.startsWith('@')) return `@${names.get(rest) ?? (label || rest)}`;
  if (target.startsWith('#')) return `#${label || rest}`;
  // Such as <!here>, <!subteam^S061EG9R6|@mechanics> and <!date^1392734382^{date}|18 February>.
  if (target.startsWith('!')) return label || `@${rest.split('^')[0]}`;
  const address = target.replace(/^(mailto|tel):/, '');
  if (address === '') return label;
  return label === '' || label === address ? address : `${label} (${address})`;
}

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (whole, entity: string) => ENTITIES.get(entity) ?? whole);
}
