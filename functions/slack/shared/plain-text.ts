// One pattern for links and entities, so that no text is unescaped twice.
// https://docs.slack.dev/messaging/formatting-message-text
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
 * Converts mrkdwn to plain text: mentions become names, links show their URL, and entities are unescaped. Formatting
 * characters such as asterisks do not change.
 * @param names the names of users, by ID
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
  if (target.startsWith('!')) return describeSpecial(rest, label);
  const address = target.replace(/^(mailto|tel):/, '');
  if (address === '') return label;
  return label === '' || label === address ? address : `${label} (${address})`;
}

/**
 * Returns the text for a special mention. @param special the text after `<!`, such as `here`, `subteam^S061EG9R6` or
 * `date^1392734382^{date}^https://example.com`
 */
function describeSpecial(special: string, label: string): string {
  const [keyword = '', value = '', , address = ''] = special.split('^');
  const seconds = Number(value);
  if (keyword === 'date' && seconds > 0 && seconds <= SECONDS_MAX) {
    // A label without a digit, such as “just now”, was true only at the time of sending. The label is replaced by the
    // time.
    const date = /\d/.test(label) ? label : new Date(seconds * 1_000).toISOString();
    return address === '' ? date : `${date} (${address})`;
  }
  return label || `@${value || keyword}`;
}

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (whole, entity: string) => ENTITIES.get(entity) ?? whole);
}
