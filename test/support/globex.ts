import {
  defineConnector,
  defineTool,
  errorRules,
  id,
  maybeText,
  type ProviderErrors,
  path,
} from 'scalekit-lambda-tools';
import * as z from 'zod';

const Told = z.object({ ok: z.literal(false), error: maybeText });

/**
 * The error table of a provider that, like some real providers, reports errors in the body of a response with status
 * 200.
 */
export const globexErrors: ProviderErrors = {
  reason: ({ body }) => Told.safeParse(body).data?.error,
  rules: errorRules([
    ['credentials_refused', ['invalid_auth', 'token_revoked']],
    ['scope_missing', ['missing_scope']],
    ['permission_denied', ['not_allowed', 'restricted_action']],
    ['not_found', ['room_not_found']],
    ['conflict', ['is_archived']],
    ['rejected_by_provider', ['note_too_long']],
    ['rate_limited', ['ratelimited']],
    ['provider_unavailable', ['internal_error']],
  ]),
};

const globex = defineConnector({ name: 'globex', errors: globexErrors });
const common = {
  connector: globex,
  scopes: ['globex.all'],
  description: 'A tool of the tests.',
  examples: [],
} as const;
const Sent = z.object({ ok: z.literal(true), id: id(), room: id() });

export const sendNote = defineTool({
  ...common,
  name: 'globex_send_note',
  effect: 'create',
  confirm: false,
  input: {
    room: z.string().min(1).describe('Which room.'),
    text: z.string().min(1).describe('The note.'),
    reply_to: z.string().optional().describe('The ID of another note.'),
  },
  output: { id: id(), room: id() },
  async run(note, { api }) {
    const { body } = await api.post(path`/api/notes.send`, { json: note, response: Sent });
    return { id: body.id, room: body.room };
  },
});

const Notes = z.object({
  notes: z.array(z.object({ id: id(), thread: id() })).optional(),
  next: z.string().optional(),
});

export const listNotes = defineTool({
  ...common,
  name: 'globex_list_notes',
  effect: 'read',
  list: { key: 'notes', item: z.strictObject({ id: id(), thread: id() }), default: 10, maximum: 100 },
  async run({ page }, { api }) {
    const { body } = await api.get(path`/api/notes`, {
      query: { kind: 'new', limit: page.size, after: page.cursor },
      response: Notes,
    });
    return { items: body.notes ?? [], next: body.next };
  },
});
