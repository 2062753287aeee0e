import { defineTool, id, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { slack } from './connector.ts';
import { changeInput, changeOf } from './shared/canvas-change.ts';

export const tool = defineTool({
  connector: slack,
  name: 'slack_update_canvas',
  effect: 'update',
  confirm: true, // No tool restores a section that was replaced.
  scopes: ['canvases:read', 'canvases:write'],
  description:
    'Writes Markdown into a Slack canvas: at its start or end, or beside or over one section. It creates no canvas and reads none.',
  input: changeInput,
  output: {
    canvas_id: id(),
    section_id: id().nullable().describe('The section that was meant; null for append and prepend.'),
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

  async run({ canvas_id, ...input }, { api }) {
    const change = await changeOf(canvas_id, input, api);
    // https://docs.slack.dev/reference/methods/canvases.edit
    await api.post(path`/api/canvases.edit`, {
      json: { canvas_id, changes: [change] },
      response: z.object({ ok: z.literal(true) }),
    });
    return { canvas_id, section_id: change.section_id ?? null };
  },
});

export const handler = createHandler(tool);
