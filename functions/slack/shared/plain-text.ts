// One pattern for links and entities, so that no text is unescaped twice.
// https://docs.slack.dev/messaging/formatting-message-text
const MARKUP = /<([^<>]*)>|&(amp|lt|gt);/g;
const USER_MENTION = /<@([UW][A-Z0-9]{2,20})(?:\|[^<>]*)?>/g;
const UNLABELLED_GROUP = /<!subteam\^(S[A-Z0-9]{2,20})>/g;
const EVERYONE = new Set(['channel', 'everyone', 'here']);
// A time of day without a zone. Only the app that wrote it knows the zone.
const CLOCK = /\d:\d\d|\d\s?[ap]\.?m\b/i;
const ZONE = /\d\s?Z\b|[+-]\d\d:?\d\d\b|\b(?!AM\b|PM\b)[A-Z]{2,4}T\b|\bUTC\b/;
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

/** Returns the IDs of the user groups that a message mentions without a name. */
export function unnamedGroupsIn(mrkdwn: string): string[] {
  return Array.from(mrkdwn.matchAll(UNLABELLED_GROUP), ([, groupId = '']) => groupId);
}

/**
 * Converts mrkdwn to plain text: mentions become names, links show their URL, and entities are unescaped. Formatting
 * characters such as asterisks do not change.
 * @param names the names of users and user groups, by ID
 */
export function plainText(mrkdwn: string, names: ReadonlyMap<string, string>): string {
  return mrkdwn.replace(MARKUP, (whole, inside: string | undefined, entity: string | undefined) =>
    inside === undefined ? (ENTITIES.get(entity ?? '') ?? whole) : describe(inside, names),
  );
}

/** Escapes plain text for mrkdwn, so that Slack does not find a mention or a link in it. */
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
  if (target.startsWith('!')) return describeSpecial(rest, label, names);
  const address = target.replace(/^(mailto|tel):/, '');
  if (address === '') return label;
  return label === '' || label === address ? address : `${label} (${address})`;
}

/**
 * Returns the text for a special mention. @param special the text after `<!`, such as `here`, `subteam^S061EG9R6` or
 * `date^1392734382^{date}^https://example.com`
 */
function describeSpecial(special: string, label: string, names: ReadonlyMap<string, string>): string {
  const [keyword = '', value = '', , address = ''] = special.split('^');
  const seconds = Number(value);
  if (keyword === 'date' && seconds > 0 && seconds <= SECONDS_MAX) {
    // A label without a digit, such as “just now”, was true only at the time of sending. The label is replaced by the
    // time.
    const time = new Date(seconds * 1_000).toISOString();
    const isUnclear = CLOCK.test(label) && !ZONE.test(label);
    const date = /\d/.test(label) ? `${label}${isUnclear ? ` (${time})` : ''}` : time;
    return address === '' ? date : `${date} (${address})`;
  }
  if (EVERYONE.has(keyword)) return `@${keyword}`;
  return label || `@${names.get(value) ?? (value || keyword)}`;
}

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (whole, entity: string) => ENTITIES.get(entity) ?? whole);
}
