import { defineConnector, defineTool, id, type Tool, text } from 'scalekit-lambda-tools';
import * as z from 'zod';

const acme = defineConnector({ name: 'acme' });

type ToolOptions = Partial<
  Pick<Tool, 'name' | 'effect' | 'description' | 'idempotent' | 'confirm' | 'examples'>
> & {
  output?: Record<string, z.ZodType>;
};

/** Returns a tool with these input fields. Tests use only its contract, and never run it. */
export function toolWith(input: Record<string, z.ZodType>, options: ToolOptions = {}): Tool {
  return defineTool({
    connector: acme,
    name: 'acme_do_thing',
    effect: 'read',
    scopes: ['acme.all'],
    description: 'A tool of the tests.',
    examples: [],
    output: {},
    ...options,
    input,
    run: async () => ({}),
  });
}

/** A tool whose input has every kind of field that a contract may have. */
export const everyField = toolWith(
  {
    name: z.string().min(1).max(80).describe('The name.'),
    code: z
      .string()
      .regex(/^[A-Z]{3}-\d+$/)
      .describe('The code, such as ABC-1.'),
    due: z.iso.datetime().describe('When it is due.'),
    page: z.url().optional().describe('Its page.'),
    price: z.number().gt(0).max(9.5).describe('The price.'),
    size: z.int().min(1).max(100).default(10).describe('The size: 1 to 100.'),
    urgent: z.boolean().optional().describe('Whether it is urgent.'),
    state: z.enum(['open', 'in progress']).describe('The state.'),
    labels: z.array(z.string().max(20)).min(1).max(3).optional().describe('The labels.'),
    parent: z.string().max(9).nullable().describe('The parent.'),
    place: z
      .object({ city: z.string().describe('The city.'), zip: z.string().optional() })
      .describe('Where.'),
    hint: z
      .string()
      .meta({ description: 'A hint.', examples: ['left', 'a b'] })
      .optional(),
  },
  {
    output: { id: id(), title: text(100).nullable(), tags: z.array(text(10)).describe('The tags.') },
    examples: [
      {
        input: {
          name: 'A',
          code: 'ABC-1',
          due: '2026-01-31T09:30:00Z',
          price: 1.5,
          state: 'open',
          parent: null,
          place: { city: 'Bern' },
        },
        output: { id: 't1', title: null, tags: ['x'] },
      },
    ],
  },
);

export const listThings = defineTool({
  connector: acme,
  name: 'acme_list_things',
  effect: 'read',
  scopes: ['acme.all'],
  description: 'Lists the things.',
  list: { key: 'things', item: z.strictObject({ id: id() }), default: 10, maximum: 200 },
  examples: [
    { input: { max_results: 1 }, output: { things: [{ id: 'a' }], count: 1, next_cursor: null, omitted: 0 } },
  ],
  run: async () => ({ items: [] }),
});

const field = (number: number) => [`field_${number}`, z.string().describe(`Field ${number}.`)] as const;

/** Returns a tool with this number of input fields. */
export function toolWithFields(count: number): Tool {
  return toolWith(Object.fromEntries(Array.from({ length: count }, (_, index) => field(index + 1))));
}

const LONG_SENTENCES = 'It does one thing and then another one. '.repeat(60).trimEnd();

/** These tools are at the limits of a contract, or over the limits. */
export const worstCases: readonly Tool[] = [
  toolWith({}, { name: `acme_${'a'.repeat(35)}` }),
  toolWith({}, { name: `acme${'_a1'.repeat(12)}` }),
  toolWithFields(5),
  toolWithFields(6),
  toolWith(
    { field: z.enum(['a', 'b']).default('a').describe(LONG_SENTENCES) },
    { description: LONG_SENTENCES },
  ),
  toolWith({ word: z.string().max(5).describe('x'.repeat(2_000)) }, { description: 'y'.repeat(2_000) }),
  toolWith(
    { thing: z.string().describe('Which.') },
    { name: 'acme_delete_thing', effect: 'delete', description: LONG_SENTENCES },
  ),
  everyField,
  listThings,
];
