import { textInput } from 'scalekit-lambda-tools';
import { messageTsInput } from './message-ts.ts';
import { escaped } from './plain-text.ts';

// Slack truncates longer texts. https://docs.slack.dev/changelog/2018-truncating-really-long-messages
const TEXT_LENGTH_MAX = 40_000;

/** The inputs that all tools for posting have in common, without the channel. */
export const messageInput = {
  text: textInput(
    'Text, best below 4,000 characters: *bold*, _italic_, `code`, [label](https://example.com). <@U024BE7LH> mentions that person, <#C024BE7LR> links a channel; @channel notifies nobody.',
    TEXT_LENGTH_MAX,
  ),
  thread_ts: messageTsInput('To reply: ts or link of the first message of the thread.').optional(),
};

/** Arguments that stop Slack from fetching links, and from treating plain words as names of groups. */
export const NO_PREVIEWS = { unfurl_links: false, unfurl_media: false, link_names: false } as const;

// Matching takes linear time, because each alternative begins with a different character and none uses a lookbehind.
const TOKEN = new RegExp(
  [
    '(?<code>```[\\s\\S]*?```|`[^`\\n]+`)',
    // Matches <!channel>, <!subteam^S061EG9R6|@group> and <!date^1392734382^{date}|18 February>. The brackets may be
    // escaped.
    '(?:<|&lt;)!(?<special>[^<>|&]{1,200})(?:\\|(?<specialLabel>[^<>&]{0,200}))?(?:>|&gt;)',
    '<(?<mention>@[UW][A-Z0-9]{2,20}|#[CDG][A-Z0-9]{2,20})(?:\\|[^<>]{0,200})?>',
    '<(?<address>(?:https?:\\/\\/|mailto:)[^<>|\\s]+)(?:\\|(?<addressLabel>[^<>|]*))?>',
    // Markdown links and pictures; a picture becomes a link. A URL may contain round brackets, and a title may follow it.
    '!?\\[(?<label>[^[\\]<>\\n]{1,300})\\]\\((?<target>(?:https?:\\/\\/|mailto:)(?:[^\\s<>()]|\\([^\\s<>()]{0,200}\\))+)(?:[ ]"[^"<>\\n]{0,200}")?\\)',
    '(?<mark>[&<>])',
  ].join('|'),
  'g',
);
const HEADING = /(```[\s\S]*?```)|^ {0,3}#{1,6} +(?=\S)([^\n]{1,300}?)(?: +#+)?$/gm;
// Pairs of Markdown's and Slack's formatting characters. Code, and text in angle brackets, is not converted.
const KEPT = '```[\\s\\S]*?```|`[^`\\n]+`|<[^<>]*>';
const MARKS = (
  [
    ['\\*\\*\\*', '[^*\\n]', '*_', '_*'],
    ['\\*\\*', '[^*\\n]|\\*(?!\\*)', '*', '*'],
    ['~~', '[^~\\n]|~(?!~)', '~', '~'],
  ] as const
).map(([mark, inside, opening, closing]) => {
  const side = mark.startsWith('~') ? '[\\w~]' : '[\\w*]';
  const words = `(?<!${side})${mark}(?=[^\\s${mark.startsWith('~') ? '' : '*'}~])(?<words>(?:${inside})+?)(?<!\\s)${mark}(?!${side})`;
  return { pattern: new RegExp(`${KEPT}|${words}`, 'g'), opening, closing };
});

/**
 * Converts a text to Slack's mrkdwn. Slack shows the text unchanged, except for mentions of people (`<@U…>`), links to
 * channels (`<#C…>`) and web links. Mentions that would notify many people become plain words. Markdown's `**bold**`,
 * `~~struck~~`, links and headings are converted. https://docs.slack.dev/messaging/formatting-message-text
 */
export function toMrkdwn(text: string): string {
  const headed = text.replace(HEADING, (whole, code: string | undefined, words: string) =>
    code === undefined ? boldLine(words) : whole,
  );
  const tokens = headed.replace(TOKEN, (whole, ...rest) => writeToken(whole, groupsOf(rest)));
  return MARKS.reduce(
    (written, { pattern, opening, closing }) =>
      written.replace(pattern, (whole, ...rest) => {
        const { words } = groupsOf(rest);
        return words === undefined ? whole : `${opening}${words}${closing}`;
      }),
    tokens,
  );
}

/** Slack has no headings, so a heading becomes a bold line. */
function boldLine(words: string): string {
  const bare = words.replaceAll('**', '').trim();
  return /[*`]/.test(bare) || bare === '' ? words : `**${bare}**`;
}

type Groups = Readonly<Record<string, string | undefined>>;

/** Returns the named groups. They are the last argument of a replacer function. */
function groupsOf(given: readonly unknown[]): Groups {
  const last = given.at(-1);
  return typeof last === 'object' && last !== null ? Object.fromEntries(Object.entries(last)) : {};
}

function writeToken(whole: string, groups: Groups): string {
  const { special, specialLabel, mention, address, addressLabel, label, target } = groups;
  if (special !== undefined) return escaped(specialLabel || wordsOf(special));
  if (mention !== undefined) return `<${mention}>`;
  if (address !== undefined) return link(address, addressLabel ?? '');
  if (target !== undefined) return link(target, (label ?? '').replaceAll('**', '*'));
  return escaped(whole);
}

/**
 * Returns the words for a special mention.
 * @param special the text after `<!`, such as `channel` or `subteam^S061EG9R6`
 */
function wordsOf(special: string): string {
  const [keyword, value] = special.split('^');
  return `@${keyword === 'subteam' && value ? value : keyword}`;
}

function link(address: string, label: string): string {
  // A URL in angle brackets may be escaped already, because Slack's own format is escaped. A vertical bar would end
  // the URL.
  const target = escaped(address.replaceAll('&amp;', '&').replaceAll('|', '%7C'));
  if (label.includes('|')) return `${escaped(label)} (<${target}>)`;
  return label === '' ? `<${target}>` : `<${target}|${escaped(label)}>`;
}
