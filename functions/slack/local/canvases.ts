import { parseJson } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { type Caller, type Method, method, SlackError } from './method.ts';
import { type Canvas, newId, type Workspace } from './workspace.ts';

/** Returns a schema that also accepts JSON text, because a form contains an object as JSON text. */
function structured<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (typeof value === 'string' ? parseJson(value) : value), schema);
}

const Content = z.object({ type: z.literal('markdown'), markdown: z.string().max(1_048_576) });
const Change = z.discriminatedUnion('operation', [
  z.object({ operation: z.literal(['insert_at_start', 'insert_at_end']), document_content: Content }),
  z.object({
    operation: z.literal(['insert_before', 'insert_after']),
    section_id: z.string(),
    document_content: Content,
  }),
  // If no section is given, Slack replaces all sections.
  z.object({
    operation: z.literal('replace'),
    section_id: z.string().optional(),
    document_content: Content,
  }),
  z.object({ operation: z.literal('delete'), section_id: z.string() }),
]);
const HEADINGS = { h1: /^# /, h2: /^## /, h3: /^### /, any_header: /^#{1,3} / };
const Criteria = z
  .object({
    section_types: z
      .array(z.enum(['h1', 'h2', 'h3', 'any_header']))
      .min(1)
      .optional(),
    contains_text: z.string().optional(),
  })
  .refine(({ section_types, contains_text }) => section_types ?? contains_text);

export const canvases: Record<string, Method> = {
  'canvases.edit': method(
    { canvas_id: z.string(), changes: structured(z.array(Change).length(1)) },
    ['canvases:write'],
    ({ canvas_id, changes }, caller) => {
      const canvas = readable(canvas_id, caller);
      if (!canvas.editorIds.includes(caller.member.id)) throw new SlackError('restricted_action');
      for (const change of changes) apply(change, canvas, caller.workspace);
      return {};
    },
  ),

  'canvases.sections.lookup': method(
    { canvas_id: z.string(), criteria: structured(Criteria) },
    ['canvases:read'],
    ({ canvas_id, criteria: { section_types: types, contains_text = '' } }, caller) => {
      const sections = readable(canvas_id, caller).sections.filter(
        ({ markdown }) =>
          markdown.toLowerCase().includes(contains_text.toLowerCase()) &&
          (types === undefined || types.some((type) => HEADINGS[type].test(markdown))),
      );
      return { sections: sections.map(({ id }) => ({ id })) };
    },
  ),
};

function readable(id: string, { workspace, member }: Caller): Canvas {
  const canvas = workspace.canvases.find((candidate) => candidate.id === id);
  if (!canvas?.readerIds.includes(member.id)) throw new SlackError('canvas_not_found');
  return canvas;
}

function apply(change: z.output<typeof Change>, canvas: Canvas, workspace: Workspace): void {
  const added = 'document_content' in change ? sectionsOf(change.document_content.markdown, workspace) : [];
  const sectionId = 'section_id' in change ? change.section_id : undefined;
  const { operation } = change;
  const { sections } = canvas;
  if (operation === 'insert_at_start') sections.unshift(...added);
  else if (operation === 'insert_at_end') sections.push(...added);
  else if (sectionId === undefined) canvas.sections = added;
  else {
    const index = sections.findIndex(({ id }) => id === sectionId);
    if (index < 0) throw new SlackError('canvas_editing_failed', { detail: 'section_id was not found' });
    const isRemoved = operation === 'replace' || operation === 'delete';
    sections.splice(index + (operation === 'insert_after' ? 1 : 0), isRemoved ? 1 : 0, ...added);
  }
}

/** Splits Markdown into sections. Each heading and each paragraph is a section. */
export function sectionsOf(markdown: string, workspace: Workspace): Canvas['sections'] {
  const blocks = markdown.split(/\n{2,}|(?<=^#{1,3} .*)\n/m).filter((block) => block.trim() !== '');
  return blocks.map((block) => ({ id: `temp:C:${newId(workspace, 'S')}`, markdown: block }));
}
