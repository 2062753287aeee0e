import {
  defineTool,
  id,
  lenientList,
  type ProviderClient,
  path,
  readInput,
  ToolError,
  textInput,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { slack } from './connector.ts';
import { pastedLink } from './shared/pasted-link.ts';

// Slack's names for the two operations that need no section.
const INSERTS = { append: 'insert_at_end', prepend: 'insert_at_start' } as const;
const MARKDOWN_LENGTH_MAX = 40_000;
const NO_SECTION = 'No section of the canvas holds section_text. Use other words of it, or append.';
const MANY_SECTIONS =
  'More than one section of the canvas holds section_text. Use words that only one of them has.';
// Matches the links of canvases and files: https://docs.slack.dev/interactivity/deep-linking
const LINK =
  /^<?(?:https?:\/\/(?:[\w.-]+\.)?slack(?:-gov)?\.com\/|slack:\/\/)[^\s<>|]{0,300}?[/=-](F[A-Z0-9]{2,20})(?:[/?&#|>]|$)/;
// Matches the link of a channel's own canvas, which contains only the ID of the channel.
const CHANNEL_LINK = /^<?https?:\/\/[\w.-]+\.slack(?:-gov)?\.com\/(canvas\/[CDG][A-Z0-9]{2,20})(?:[/?#|>]|$)/;
const OF_CHANNEL = /^canvas\/(.+)$/;
const NO_CHANNEL_CANVAS =
  'Slack names no canvas of this channel, or several. Ask the user for the link of the canvas itself (…slack.com/docs/T…/F…).';
// The form in which other tools show a canvas inside a message.
const SHOWN = /^\[canvas (F[A-Z0-9]{2,20}): [^\n]*\]$/;

const SectionsResponse = z.object({
  ok: z.literal(true),
  sections: lenientList(z.object({ id: id() })),
});
const Canvas = z.object({ file_id: z.string().min(1) });
/** https://docs.slack.dev/reference/methods/conversations.create#response */
const ChannelResponse = z.object({
  ok: z.literal(true),
  channel: z.object({
    properties: z
      .object({
        canvas: Canvas.optional().catch(undefined),
        tabs: lenientList(z.object({ type: z.string(), data: Canvas })),
      })
      .optional(),
  }),
});
const EditedResponse = z.object({ ok: z.literal(true) });

export const tool = defineTool({
  connector: slack,
  name: 'slack_update_canvas',
  effect: 'update',
  confirm: true, // No tool can restore a replaced section.
  // The last two scopes are needed to find the canvas of a channel.
  scopes: ['canvases:read', 'canvases:write', 'channels:read', 'groups:read'],
  description:
    'Writes Markdown into a Slack canvas: at its start or end, next to one section, or in place of it. It cannot create or read a canvas.',
  input: {
    canvas_id: readInput(
      'Link of the canvas, or its ID, such as F07QWERTY, which slack_catch_up_channel and slack_read_thread show as [canvas ID: title].',
      (trimmed) => {
        const link = pastedLink(trimmed);
        return (CHANNEL_LINK.exec(link) ?? LINK.exec(link) ?? SHOWN.exec(trimmed))?.[1] ?? trimmed;
      },
      {
        pattern: /^(?:F|canvas\/[CDG])[A-Z0-9]{2,20}$/,
        expected:
          'must be the link of a canvas (…slack.com/docs/T…/F…) or its ID, which begins with F; ask the user for the link',
      },
    ),
    operation: z
      .enum(['append', 'prepend', 'insert_before', 'insert_after', 'replace'])
      .describe('Where to write. The last three concern the section that section_text names.'),
    markdown: textInput('Markdown to write. Slack allows no lists in quotes.', MARKDOWN_LENGTH_MAX),
    section_text: textInput('Words that only that section has.', 500).optional(),
  },
  output: {
    canvas_id: id(),
    section_id: id().nullable().describe('The section that section_text names; null for append and prepend.'),
  },
  examples: [
    {
      input: {
        canvas_id: 'F07QWERTY',
        operation: 'insert_after',
        section_text: 'Decision',
        markdown: 'We buy.',
      },
      output: { canvas_id: 'F07QWERTY', section_id: 'temp:C:eBa219af721c664422cb90a52fac' },
    },
  ],

  async run(input, { api }) {
    const canvas_id = await canvasIdOf(input.canvas_id, api);
    const change = await toChange({ ...input, canvas_id }, api);
    // https://docs.slack.dev/reference/methods/canvases.edit
    await api.post(path`/api/canvases.edit`, {
      json: { canvas_id, changes: [change] },
      response: EditedResponse,
    });
    return { canvas_id, section_id: change.section_id ?? null };
  },
});

/**
 * Returns the ID of a canvas.
 * @param canvas the ID, or `canvas/` and the ID of a channel
 * @throws ToolError if the channel has no canvas, or several
 */
async function canvasIdOf(canvas: string, api: ProviderClient): Promise<string> {
  const channel = OF_CHANNEL.exec(canvas)?.[1];
  if (channel === undefined) return canvas;
  // https://docs.slack.dev/reference/methods/conversations.info
  const { body } = await api.get(path`/api/conversations.info`, {
    query: { channel },
    response: ChannelResponse,
  });
  const { canvas: own, tabs = [] } = body.channel.properties ?? {};
  const tab = tabs.find(({ type }) => type === 'channel_canvas');
  // In newer workspaces, the canvas of the channel is a tab like any other canvas.
  const others = tabs.filter(({ type }) => type === 'canvas');
  const found = own ?? tab?.data ?? (others.length === 1 ? others[0]?.data : undefined);
  if (!found) throw new ToolError('not_found', { message: NO_CHANNEL_CANVAS });
  return found.file_id;
}

interface Change {
  canvas_id: string;
  operation: 'append' | 'prepend' | 'insert_before' | 'insert_after' | 'replace';
  markdown: string;
  section_text?: string | undefined;
}

/**
 * Returns a change in Slack's format, with the ID of its section.
 * https://docs.slack.dev/reference/methods/canvases.edit#operations
 * @throws ToolError unless exactly one section contains the words
 */
async function toChange({ canvas_id, operation, markdown, section_text }: Change, api: ProviderClient) {
  const document_content = { type: 'markdown', markdown };
  if (operation === 'append' || operation === 'prepend')
    return { operation: INSERTS[operation], document_content };
  // Without a section, Slack would replace the entire canvas.
  if (section_text === undefined) {
    const issue = `is required for ${operation}`;
    throw new ToolError('invalid_input', { details: [{ path: 'section_text', issue }] });
  }
  // https://docs.slack.dev/reference/methods/canvases.sections.lookup
  const { body } = await api.post(path`/api/canvases.sections.lookup`, {
    json: { canvas_id, criteria: { contains_text: section_text } },
    response: SectionsResponse,
    isRead: true,
  });
  const [section, another] = body.sections;
  if (!section) throw new ToolError('not_found', { message: NO_SECTION });
  if (another) throw new ToolError('conflict', { message: MANY_SECTIONS });
  return { operation, section_id: section.id, document_content };
}

export const handler = createHandler(tool);
