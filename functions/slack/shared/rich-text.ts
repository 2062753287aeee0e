import { joined, linked, type Node, nodeOf, nodesOf, textOf } from './node.ts';
import { escaped } from './plain-text.ts';

const INDENT_MAX = 8;
// The mark of the innermost formatting is first.
const MARKS = [
  ['code', '`'],
  ['strike', '~'],
  ['italic', '_'],
  ['bold', '*'],
] as const;

// Deeper elements are ignored. Slack itself nests rich text only a few levels deep.
const DEPTH_MAX = 12;

type Render = (node: Node) => string;

/** Converts the elements of rich text to mrkdwn: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export const RICH_TEXT: Readonly<Record<string, Render>> = {
  rich_text: ({ elements }) => joined(nodesOf(elements).map(richText)),
  rich_text_section: ({ elements }) => inline(elements),
  rich_text_quote: ({ elements }) => inline(elements).replace(/^/gm, '> '),
  rich_text_preformatted: ({ elements }) => `\`\`\`\n${inline(elements)}\n\`\`\``,
  rich_text_list: ({ elements, style, indent, offset }) => {
    const margin = '  '.repeat(Math.min(wholeNumber(indent), INDENT_MAX));
    const first = wholeNumber(offset) + 1;
    return nodesOf(elements)
      .map((item, index) => `${margin}${style === 'ordered' ? `${first + index}.` : '•'} ${richText(item)}`)
      .join('\n');
  },
  text: ({ text, style }) => styled(typeof text === 'string' ? escaped(text) : '', style),
  link: ({ url, text, style }) => styled(linked(escaped(textOf(text)), escaped(textOf(url))), style),
  user: ({ user_id, style }) => styled(`<@${escaped(textOf(user_id))}>`, style),
  usergroup: ({ usergroup_id }) => `<!subteam^${escaped(textOf(usergroup_id))}>`,
  channel: ({ channel_id }) => `<#${escaped(textOf(channel_id))}>`,
  team: ({ team_id }) => `@${escaped(textOf(team_id))}`,
  broadcast: ({ range }) => `<!${escaped(textOf(range))}>`,
  color: ({ value }) => escaped(textOf(value)),
  emoji: ({ name, skin_tone }) => {
    const tone = textOf(skin_tone);
    return `:${escaped(textOf(name))}:${tone && `:skin-tone-${escaped(tone)}:`}`;
  },
  date: ({ timestamp, fallback, url }) => {
    const label = escaped(textOf(fallback)).replaceAll('|', '¦');
    const date = `<!date^${escaped(textOf(timestamp))}^{date}${label && `|${label}`}>`;
    return joined([date, linked('', escaped(textOf(url)))], ' ');
  },
};

/** Returns an element of rich text as mrkdwn. For an unknown element, returns its fallback, its text or its type. */
function richText(node: Node): string {
  const type = textOf(node.type);
  const render = Object.hasOwn(RICH_TEXT, type) ? RICH_TEXT[type] : undefined;
  if (render) return render(node);
  const elements = nodesOf(node.elements);
  if (elements.length > 0) return elements.map(richText).join('');
  const words = ['fallback', 'text', 'name', 'title', 'url', 'value'].map((key) => textOf(node[key]));
  const said = escaped(words.find((word) => word !== '') ?? '');
  const within =
    said ||
    joined(
      Object.values(node)
        .filter(Array.isArray)
        .map((value) => textWithin(value, 0)),
    );
  return within || `[${joined([type || 'element', escaped(textOf(node.file_id))], ' ')}]`;
}

/** Returns the text of elements in nested arrays, such as the rows of a table. */
function textWithin(values: readonly unknown[], depth: number): string {
  if (depth > DEPTH_MAX) return '';
  const texts = values.map((value) => {
    if (Array.isArray(value)) return textWithin(value, depth + 1);
    const node = nodeOf(value);
    return node && textOf(node.type) !== '' ? richText(node) : '';
  });
  return joined(texts, values.some(Array.isArray) ? '\n' : ' | ');
}

function inline(elements: unknown): string {
  return nodesOf(elements).map(richText).join('');
}

/** Adds formatting characters directly around the words, because Slack ignores such a character next to a space. */
function styled(text: string, style: unknown): string {
  const wanted = nodeOf(style) ?? {};
  const marks = MARKS.filter(([name]) => wanted[name] === true).map(([, mark]) => mark);
  const words = text.trim();
  if (words === '' || marks.length === 0) return text;
  const start = text.indexOf(words);
  const opened = marks.toReversed().join('');
  return `${text.slice(0, start)}${opened}${words}${marks.join('')}${text.slice(start + words.length)}`;
}

function wholeNumber(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 0;
}
