import { joined, linked, type Node, nodeOf, nodesOf, textOf } from './node.ts';
import { escaped } from './plain-text.ts';
import { RICH_TEXT } from './rich-text.ts';

// Deeper blocks are ignored. Slack itself nests blocks only a few levels deep.
const DEPTH_MAX = 12;
const ROWS_MAX = 200;
const ID = /^[A-Z][A-Z0-9]{1,20}$/;

type Render = (node: Node, depth: number) => string;

const control: Render = (node, depth) => {
  const shown = chosenIn(node, depth) || read(node.placeholder, depth);
  return shown && `[${shown}]`;
};

/** Returns the value that is selected or entered in an input element. */
function chosenIn(node: Node, depth: number): string {
  const { initial_value, initial_date, initial_time, timezone, initial_date_time } = node;
  const moment = textOf(initial_date_time);
  const values = [
    nodeOf(initial_value) ? read(initial_value, depth) : escaped(textOf(initial_value)),
    escaped(textOf(initial_date)),
    escaped(joined([textOf(initial_time), textOf(initial_time) && textOf(timezone)], ' ')),
    moment && `<!date^${escaped(moment)}^{date} {time}>`,
    ...[node.initial_option, ...nodesOf(node.initial_options)].map((option) =>
      read(nodeOf(option)?.text, depth),
    ),
    ...idsIn(node.initial_user, node.initial_users).map((id) => `<@${id}>`),
    ...idsIn(node.initial_channel, node.initial_channels).map((id) => `<#${id}>`),
    ...idsIn(node.initial_conversation, node.initial_conversations).map(
      (id) => `<${/^[UW]/.test(id) ? '@' : '#'}${id}>`,
    ),
  ];
  return joined(values, ', ');
}

function idsIn(one: unknown, several: unknown): string[] {
  const given: unknown[] = [one, ...(Array.isArray(several) ? several : [])];
  return given.map(textOf).filter((text) => ID.test(text));
}

const choices: Render = ({ options, initial_option, initial_options }, depth) => {
  const chosen = new Set(
    [initial_option, ...nodesOf(initial_options)].map((option) => textOf(nodeOf(option)?.value)),
  );
  const texts = nodesOf(options).map(({ text, description, value }) => {
    const mark = textOf(value) !== '' && chosen.has(textOf(value)) ? '✓ ' : '';
    return `[${mark}${joined([read(text, depth), read(description, depth)], ': ')}]`;
  });
  return joined(texts, ' ');
};
const button: Render = ({ text, url }, depth) => {
  const label = read(text, depth);
  return label && linked(`[${label}]`, escaped(textOf(url)));
};
const table: Render = ({ caption, rows }, depth) => {
  const lines = Array.isArray(rows) ? rows.slice(0, ROWS_MAX) : [];
  const texts = lines.map((row: unknown) =>
    nodesOf(row)
      .map((cell) => read(cell, depth))
      .join(' | '),
  );
  const rest = Array.isArray(rows) && rows.length > ROWS_MAX ? `[${rows.length - ROWS_MAX} more rows]` : '';
  return joined([escaped(textOf(caption)), ...texts, rest]);
};

// https://docs.slack.dev/reference/block-kit
const RENDERERS: Readonly<Record<string, Render>> = {
  ...RICH_TEXT,
  plain_text: ({ text }) => textOf(text).replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  mrkdwn: ({ text }) => textOf(text),
  raw_text: ({ text }) => escaped(textOf(text)),
  raw_number: ({ text, value }) => escaped(textOf(text) || textOf(value)),
  // Escapes angle brackets that belong to the Markdown, but not the brackets of Slack's mentions and links.
  markdown: ({ text }) => textOf(text).replace(/<(?![@#!]|https?:|mailto:)/g, '&lt;'),

  header: ({ text }, depth) => read(text, depth),
  section: ({ text, fields, accessory }, depth) =>
    joined([
      read(text, depth),
      ...nodesOf(fields).map((field) => read(field, depth)),
      read(accessory, depth),
    ]),
  context: ({ elements }, depth) =>
    joined(
      nodesOf(elements).map((element) => read(element, depth)),
      ' ',
    ),
  actions: ({ elements }, depth) =>
    joined(
      nodesOf(elements).map((element) => read(element, depth)),
      ' ',
    ),
  divider: () => '',
  image: ({ title, alt_text, fallback }, depth) => {
    const words = [read(title, depth), escaped(textOf(alt_text)), escaped(textOf(fallback))];
    return `[image${prefixed(words.find((word) => word !== ''))}]`;
  },
  input: ({ label, hint, element }, depth) =>
    joined([joined([read(label, depth), read(element, depth)], ': '), read(hint, depth)]),
  video: ({ title, title_url, video_url, description, author_name, provider_name }, depth) => {
    const address = escaped(textOf(title_url) || textOf(video_url));
    const by = joined([escaped(textOf(author_name)), escaped(textOf(provider_name))], ', ');
    return joined([`[video${prefixed(linked(read(title, depth), address))}]`, by, read(description, depth)]);
  },
  file: ({ file, external_id }) => {
    const { title, name } = nodeOf(file) ?? {};
    return `[file${prefixed(escaped(textOf(title) || textOf(name) || textOf(external_id)))}]`;
  },
  table,
  data_table: table,
  call: ({ call }) => {
    const { name, display_id, join_url, has_ended } = nodeOf(nodeOf(call)?.v1) ?? {};
    const words = escaped(textOf(name) || textOf(display_id));
    return joined(
      [words && linked(words, escaped(textOf(join_url))), has_ended === true ? '[ended]' : ''],
      ' ',
    );
  },
  feedback_buttons: ({ positive_button, negative_button }, depth) =>
    joined(
      [positive_button, negative_button].map((one) => button(nodeOf(one) ?? {}, depth)),
      ' ',
    ),
  icon_button: button,
  context_actions: ({ elements }, depth) =>
    joined(
      nodesOf(elements).map((element) => read(element, depth)),
      ' ',
    ),

  button,
  workflow_button: button,
  overflow: choices,
  checkboxes: choices,
  radio_buttons: choices,
  static_select: control,
  multi_static_select: control,
  external_select: control,
  multi_external_select: control,
  users_select: control,
  multi_users_select: control,
  conversations_select: control,
  multi_conversations_select: control,
  channels_select: control,
  multi_channels_select: control,
  datepicker: control,
  datetimepicker: control,
  timepicker: control,
  plain_text_input: control,
  email_text_input: control,
  url_text_input: control,
  number_input: control,
  rich_text_input: control,
  file_input: () => '[file]',
};
// Blocks of these types are left out if they have no text.
const MAY_BE_EMPTY = new Set(Object.keys(RENDERERS).filter((type) => type !== 'call'));

// Keys of an object whose type is unknown. The first pattern matches keys with text for people. The second matches keys
// with IDs, URLs and styles.
const READ_KEY =
  /(?:^|_)(?:text|title|subtitle|name|label|description|caption|body|summary|message|content|status|details|output|hint)$/;
const UNREAD_KEY = /(?:^|_)(?:type|id|ids|style|verbatim|emoji|value|action|icon|options?)$/;

const HTTP = /^https?:\/\//;

/**
 * Returns the text of each block of a message as mrkdwn, as Slack shows it. For a block of an unknown type, returns its
 * fallback, the text inside it, or the name of the type.
 * @param blocks the `blocks` field of a message; a value that is not a list counts as no blocks
 */
export function readBlocks(blocks: unknown): string[] {
  return nodesOf(blocks)
    .map((block) => read(block, 0))
    .filter((text) => text !== '');
}

function read(value: unknown, depth: number): string {
  if (typeof value === 'string') return escaped(textOf(value));
  const node = nodeOf(value);
  if (!node || depth > DEPTH_MAX) return '';
  const type = textOf(node.type);
  const render = Object.hasOwn(RENDERERS, type) ? RENDERERS[type] : undefined;
  const text = render?.(node, depth + 1) ?? '';
  if (text !== '' || MAY_BE_EMPTY.has(type)) return text;
  return escaped(textOf(node.fallback)) || readOther(node, depth + 1) || kindMark(type);
}

/** Returns the text inside an object whose type is unknown. */
function readOther(node: Node, depth: number): string {
  const texts = Object.entries(node).flatMap(([key, value]): string[] => {
    if (UNREAD_KEY.test(key)) return [];
    if (typeof value === 'string') return READ_KEY.test(key) ? [escaped(textOf(value))] : [];
    if (Array.isArray(value)) return value.map((item: unknown) => readWithin(item, depth));
    return [readWithin(value, depth)];
  });
  const text = joined(texts);
  const address = textOf(node.url);
  return HTTP.test(address) && !text.includes('\n') ? linked(text, escaped(address)) : text;
}

/**
 * Returns the text of a value inside an object whose type is unknown. For an inner object without a type,
 * `[block]` is not returned as its text.
 */
function readWithin(value: unknown, depth: number): string {
  const node = nodeOf(value);
  if (node && textOf(node.type) === '') return depth > DEPTH_MAX ? '' : readOther(node, depth + 1);
  return read(value, depth);
}

function kindMark(type: string): string {
  return /^[a-z][a-z_]{0,39}$/.test(type) ? `[${type}]` : '[block]';
}

function prefixed(words: string | undefined): string {
  return words ? `: ${words}` : '';
}
