import * as z from 'zod';
import { defineConnector, defineTool, path } from '../../../lib/index.ts';
import type { FinishedRecording } from '../../../local/record/make-fixture.ts';

const Thing = z.looseObject({ id: z.string(), note: z.string() });

/** A tool that asks for a thing, and gives what it is called. */
const thingTool = defineTool({
  connector: defineConnector({ name: 'acme' }),
  name: 'acme_get_thing',
  effect: 'read',
  scopes: ['things'],
  description: 'Gives a thing.',
  input: { thing_id: z.string().describe('Its ID.'), view: z.enum(['brief view']).describe('How.') },
  output: { id: z.string(), note: z.string() },
  examples: [],
  async run({ thing_id, view }, { api }) {
    const { body } = await api.get(path`/v1/things/${thing_id}`, { query: { view }, response: Thing });
    return { id: body.id, note: body.note };
  },
});

/** A recording of that tool that nothing speaks against, with changes. */
export function thingRecording(
  change: {
    path?: string;
    query?: [string, string];
    requestJson?: FinishedRecording['input'];
    headers?: Record<string, string>;
    answer?: FinishedRecording['input'];
  } = {},
): FinishedRecording {
  return {
    tool: thingTool,
    identifier: 'user_ada',
    input: { thing_id: 'thing_8812ab', view: 'brief view' },
    exchanges: [
      {
        request: {
          method: 'GET',
          path: `/v1/things/thing_8812ab${change.path ?? ''}`,
          query: [['view', 'brief view'], ...(change.query ? [change.query] : [])],
          body: change.requestJson ? { json: change.requestJson } : null,
        },
        answer: {
          status: 200,
          headers: { 'content-type': 'application/json', ...change.headers },
          body: { json: { id: 'thing_8812ab', note: 'Two wheels', ...change.answer } },
        },
      },
    ],
    results: [{ output: { id: 'thing_8812ab', note: 'Two wheels' } }],
  };
}
