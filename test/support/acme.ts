import { defineConnector, defineTool, ERROR_CODES, id, path, ToolError, text } from 'scalekit-lambda-tools';
import * as z from 'zod';

/** This connector has no error table. It has one tool for each feature of the runtime. */
const acme = defineConnector({ name: 'acme' });

const CODES = Object.keys(ERROR_CODES).filter(
  (code): code is keyof typeof ERROR_CODES => code in ERROR_CODES,
);

const common = {
  connector: acme,
  scopes: ['acme.all'],
  description: 'A tool of the tests.',
  examples: [],
} as const;
const Thing = z.object({ id: id(), title: z.string() });

export const readThing = defineTool({
  ...common,
  name: 'acme_read_thing',
  effect: 'read',
  input: { thing: z.string().describe('Which thing.') },
  output: { id: id(), title: text(100) },
  async run({ thing }, { api }) {
    const { body } = await api.get(path`/things/${thing}`, { response: Thing });
    return body;
  },
});

export const createThing = defineTool({
  ...common,
  name: 'acme_create_thing',
  effect: 'create',
  confirm: false,
  input: { title: z.string().describe('The title.') },
  output: { id: id() },
  async run({ title }, { api }) {
    const { body } = await api.post(path`/things`, { json: { title }, response: z.object({ id: id() }) });
    return body;
  },
});

export const deleteThing = defineTool({
  ...common,
  name: 'acme_delete_thing',
  effect: 'delete',
  input: { thing: z.string().describe('Which thing.') },
  output: { id: id() },
  async run({ thing }, { api }) {
    await api.delete(path`/things/${thing}`);
    return { id: thing };
  },
});

export const createTwice = defineTool({
  ...common,
  name: 'acme_create_twice',
  effect: 'create',
  confirm: false,
  output: { id: id() },
  async run(_input, { api }) {
    await api.post(path`/things`, { json: {} });
    await api.post(path`/things`, { json: {} });
    return { id: 'never' };
  },
});

/** Searches with a POST request, and then updates the thing that it found. */
export const searchThenUpdate = defineTool({
  ...common,
  name: 'acme_search_then_update',
  effect: 'update',
  confirm: false,
  output: { id: id() },
  async run(_input, { api }) {
    const { body } = await api.post(path`/search`, { isRead: true, response: z.object({ id: id() }) });
    await api.put(path`/things/${body.id}`, { json: {}, isRead: true });
    return body;
  },
});

export const createThenRead = defineTool({
  ...common,
  name: 'acme_create_then_read',
  effect: 'create',
  confirm: false,
  output: { id: id() },
  async run(_input, { api }) {
    const { body } = await api.post(path`/things`, { response: z.object({ id: id() }) });
    await api.get(path`/things/${body.id}`);
    return body;
  },
});

export const searchThings = defineTool({
  ...common,
  name: 'acme_search_things',
  effect: 'read',
  input: { words: z.string().optional().describe('What to search for.') },
  list: { key: 'things', item: z.strictObject({ id: id(), title: text(4_000) }), default: 10, maximum: 200 },
  async run({ words, page }, { api }) {
    const { body } = await api.post(path`/search`, {
      json: { words, limit: page.size, after: page.cursor },
      response: z.object({ results: z.array(Thing), after: z.string().optional() }),
    });
    return { items: body.results, next: body.after };
  },
});

export const throwInput = defineTool({
  ...common,
  name: 'acme_throw_input',
  effect: 'read',
  input: { secret: z.string().describe('A secret.') },
  output: {},
  async run({ secret }) {
    throw new TypeError(`cannot use ${secret}`);
  },
});

/** Throws a ToolError with the code in its input. */
export const throwCode = defineTool({
  ...common,
  name: 'acme_throw_code',
  effect: 'read',
  input: { code: z.enum(CODES).describe('The code.') },
  output: {},
  async run({ code }) {
    throw new ToolError(code, { details: [{ path: 'code', issue: 'was asked for' }] });
  },
});

/** Returns its input, which has a field of each type that a contract allows. */
export const echoInput = defineTool({
  ...common,
  name: 'acme_echo_input',
  effect: 'read',
  input: {
    text: z.string().optional().describe('A text.'),
    count: z.int().min(0).max(1_000).optional().describe('A whole number.'),
    share: z.number().optional().describe('A number.'),
    flag: z.boolean().optional().describe('A boolean.'),
    labels: z.array(z.string()).max(10).optional().describe('Texts.'),
    kind: z.enum(['open', 'closed']).optional().describe('One of two.'),
    filter: z.strictObject({ key: z.string() }).optional().describe('An object.'),
  },
  output: { received: z.string().max(4_000) },
  run: async (input) => ({ received: JSON.stringify(input) }),
});

export const hang = defineTool({
  ...common,
  name: 'acme_hang',
  effect: 'read',
  output: {},
  run: () => new Promise(() => {}),
});

export const callWithoutWaiting = defineTool({
  ...common,
  name: 'acme_call_without_waiting',
  effect: 'read',
  output: {},
  async run(_input, { api }) {
    void api.get(path`/things`);
    return {};
  },
});

export const returnUndeclared = defineTool({
  ...common,
  name: 'acme_return_undeclared',
  effect: 'read',
  output: { id: id() },
  async run(_input, { api }) {
    const { body } = await api.get(path`/things/t1`, { response: Thing });
    return body;
  },
});

export const callWithString = defineTool({
  ...common,
  name: 'acme_call_with_string',
  effect: 'read',
  output: {},
  async run(_input, { api }) {
    // The compiler rejects a path that is a plain string, so the test calls the method through Reflect.
    await Reflect.apply(api.get, api, ['/things']);
    return {};
  },
});

export const readKnownMissing = defineTool({
  ...common,
  name: 'acme_read_known_missing',
  effect: 'read',
  output: {},
  async run(_input, { api }) {
    await api.get(path`/things/t1`, {
      errors: {
        404: { code: 'conflict', message: 'The thing is not published yet.' },
        503: { code: 'not_found' },
      },
    });
    return {};
  },
});

export const createUndeclared = defineTool({
  ...common,
  name: 'acme_create_undeclared',
  effect: 'create',
  confirm: false,
  output: { id: id() },
  async run(_input, { api }) {
    const { body } = await api.post(path`/things`, { response: Thing });
    return body;
  },
});

export const readUnmarked = defineTool({
  ...common,
  name: 'acme_read_unmarked',
  effect: 'read',
  output: {
    id: id().describe('Its ID.'),
    nested: z.array(z.strictObject({ title: z.string().max(100), none: z.string().max(10).nullable() })),
  },
  async run(_input, { api }) {
    const { body } = await api.get(path`/things/t1`, { response: Thing });
    return { id: body.id, nested: [{ title: body.title, none: null }] };
  },
});

export const listWithSummary = defineTool({
  ...common,
  name: 'acme_list_with_summary',
  effect: 'read',
  output: { summary: text(4_000) },
  list: { key: 'things', item: z.strictObject({ id: id() }), default: 10, maximum: 200 },
  run: async () => ({ items: [], summary: 'x'.repeat(4_000) }),
});

const Part = z.object({ labels: z.array(z.string()).optional(), note: z.string().optional() });
const Nested = z.object({
  size: z.int().optional(),
  kind: z.string().optional(),
  parts: z.array(Part).optional(),
});

export const readNested = defineTool({
  ...common,
  name: 'acme_read_nested',
  effect: 'read',
  output: {
    size: z.int().nullable(),
    kind: text(20).nullable(),
    parts: z.array(z.strictObject({ labels: z.array(text(300)), note: text(1_500).nullable() })),
  },
  async run(_input, { api }) {
    const { body } = await api.get(path`/nested`, { response: Nested });
    const { size = null, kind = null, parts = [] } = body;
    return {
      size,
      kind,
      // The runtime does not shorten the output of a tool that is not a list, so the tool limits the parts itself.
      parts: parts
        .slice(0, 10)
        .map(({ labels = [], note = null }) => ({ labels: labels.slice(0, 10), note })),
    };
  },
});
