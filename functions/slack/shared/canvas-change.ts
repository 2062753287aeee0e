import {
  id,
  lenientList,
  type ProviderClient,
  path,
  readInput,
  ToolError,
  textInput,
} from 'scalekit-lambda-tools';
import * as z from 'zod';

// Slack's names of the two operations that need no section.
const INSERTS = { append: 'insert_at_end', prepend: 'insert_at_start' } as const;
const MARKDOWN_LENGTH_MAX = 40_000;
const NO_SECTION = 'No section of the canvas holds section_text. Use other words of it, or append.';
const MANY_SECTIONS =
  'More than one section of the canvas holds section_text. Use words that only one of them has.';
const LINK =
  /^<?https?:\/\/[\w.-]+\.slack(?:-gov)?\.com\/(?:docs\/[TE][A-Z0-9]+|files\/[TUW][A-Z0-9]+|canvas\/[TE][A-Z0-9]+)\/(F[A-Z0-9]{2,20})(?:[/?#|>]|$)/;

const SectionsResponse = z.object({
  ok: z.literal(true),
  sections: lenientList(z.object({ id: id() })),
});

export const changeInput = {
  canvas_id: readInput(
    'Link of the canvas, or its ID, such as F07QWERTY, which slack_catch_up_channel and slack_read_thread show as [canvas ID: title].',
    (trimmed) => LINK.exec(trimmed)?.[1] ?? trimmed,
    {
      pattern: /^F[A-Z0-9]{2,20}$/,
      expected:
        'must be the link of a canvas (…slack.com/docs/T…/F…) or its ID, which begins with F; ask the user for the link',
    },
  ),
  operation: z
    .enum(['append', 'prepend', 'insert_before', 'insert_after', 'replace'])
    .describe('Where to write. The last three concern the section that section_text names.'),
  markdown: textInput('Markdown to write. Slack allows no lists in quotes.', MARKDOWN_LENGTH_MAX),
  section_text: textInput('Words that only that section has.', 500).optional(),
};
type ChangeInput = Omit<z.output<z.ZodObject<typeof changeInput>>, 'canvas_id'>;

/**
 * Returns one change as Slack takes it, with the section looked up:
 * https://docs.slack.dev/reference/methods/canvases.edit#operations
 * @throws ToolError if no section is meant, or more than one
 */
export async function changeOf(canvas_id: string, change: ChangeInput, api: ProviderClient) {
  const { operation, markdown, section_text } = change;
  const document_content = { type: 'markdown', markdown };
  if (operation === 'append' || operation === 'prepend')
    return { operation: INSERTS[operation], document_content };
  // Without a section Slack would replace the whole canvas.
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
