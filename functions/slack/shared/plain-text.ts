// One pass, so nothing is unescaped twice. https://docs.slack.dev/messaging/formatting-message-text
const MARKUP = /<([^<>]*)>|&(amp|lt|gt);/g;
const USER_MENTION = /<@([UW][A-Z0-9]{2,20})(?:\|[^<>]*)?>/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
]);
const SECONDS_MAX = 253_402_300_799;

/** Returns the IDs of the users that a message mentions. */
export function mentionedIn(mrkdwn: string): string[] {
  return Array.from(mrkdwn.matchAll(USER_MENTION), ([, userId = '']) => userId);
}

/**
 * Returns mrkdwn as plain text: mentions by name, links with their address, and nothing escaped. Marks such as asterisks
 * stay.
 * @param names of users, by their IDs
 */
export function plainText(mrkdwn: string, names: ReadonlyMap<string, string>): string {
  return mrkdwn.replace(MARKUP, (whole, inside: string | undefined, entity: string | undefined) =>
    inside === undefined ? (ENTITIES.get(entity ?? '') ?? whole) : describe(inside, names),
  );
}

/** Returns plain text as mrkdwn, so Slack reads nothing in it as a mention or a link. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function describe(inside: string, names: ReadonlyMap<string, string>): string {
  const bar = inside.indexOf('|');
  const target = unescaped(bar < 0 ? inside : inside.slice(0, bar));
  const label = bar < 0 ? '' : unescaped(inside.slice(bar + 1));
  const rest = target.slice(1);
  if (target.startsWith('@')) return `@${names.get(rest) ?? (label || rest)}`;
  if (target.startsWith('#')) return `#${label || rest}`;
  if (target.startsWith('!')) return describeSpecial(rest, label);
  const address = target.replace(/^(mailto|tel):/, '');
  if (address === '') return label;
  return label === '' || label === address ? address : `${label} (${address})`;
}

/** Such as `here`, `subteam^S061EG9R6` and `date^1392734382^{date}^https://example.com`. */
function describeSpecial(special: string, label: string): string {
  const [keyword = '', value = '', , address = ''] = special.split('^');
  const seconds = Number(value);
  if (keyword === 'date' && seconds > 0 && seconds <= SECONDS_MAX) {
    // A label without a number, such as “just now”, was true when it was sent.
    const date = /\d/.test(label) ? label : new Date(seconds * 1_000).toISOString();
    return address === '' ? date : `${date} (${address})`;
  }
  return label || `@${value || keyword}`;
}

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (whole, entity: string) => ENTITIES.get(entity) ?? whole);
}
