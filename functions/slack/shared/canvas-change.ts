import { id, lenientList, type ProviderClient, path, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';

// What Slack calls each.
const INSERTS = { append: 'insert_at_end', prepend: 'insert_at_start' } as const;
const MARKDOWN_LENGTH_MAX = 40_000;
const NO_SECTION = 'No section of the canvas holds section_text. Use other words of it, or append.';
const MANY_SECTIONS =
  'More than one section of the canvas holds section_text. Use words that only one of them has.';

const Sections = z.object({ ok: z.literal(true), sections: lenientList(z.object({ id: id() })) });

export const changeInput = {
  operation: z
    .enum(['append', 'prepend', 'insert_before', 'insert_after', 'replace'])
    .describe('The last three concern the section that section_text names.'),
  markdown: z.string().min(1).max(MARKDOWN_LENGTH_MAX).describe('What to write.'),
  section_text: z.string().min(1).max(500).optional().describe('Words that only that section has.'),
};
type ChangeInput = z.output<z.ZodObject<typeof changeInput>>;

/**
 * One change as Slack takes it, with the section looked up: https://docs.slack.dev/reference/methods/canvases.edit#operations
 * @throws ToolError where no section is meant, or more than one
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
    response: Sections,
    isRead: true,
  });
  const [section, another] = body.sections;
  if (!section) throw new ToolError('not_found', { message: NO_SECTION });
  if (another) throw new ToolError('conflict', { message: MANY_SECTIONS });
  return { operation, section_id: section.id, document_content };
}
