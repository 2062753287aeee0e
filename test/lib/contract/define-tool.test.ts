import { describe, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { defineConnector } from '../../../lib/contract/define-connector.ts';
import { defineTool, type Effect, type RunContext } from '../../../lib/contract/define-tool.ts';
import { id, text } from '../../../lib/contract/fields.ts';
import type { Page } from '../../../lib/contract/paging.ts';

const connector = defineConnector({ name: 'acme' });
const common = { connector, scopes: ['things.read'], description: 'Does a thing.', examples: [] };

const sendThing = defineTool({
  ...common,
  name: 'acme_send_thing',
  effect: 'create',
  confirm: false,
  input: { channel: z.string(), urgent: z.boolean().optional() },
  output: { id: id(), note: text(100).nullable() },
  async run(input, context) {
    expectTypeOf(input).toEqualTypeOf<{ channel: string; urgent?: boolean | undefined }>();
    expectTypeOf(context).toEqualTypeOf<RunContext>();
    return { id: input.channel, note: null };
  },
});

const listThings = defineTool({
  ...common,
  name: 'acme_list_things',
  effect: 'read',
  input: { folder: z.string() },
  output: { total: z.int() },
  list: { key: 'things', item: z.strictObject({ id: id() }), default: 10, maximum: 50 },
  async run(input) {
    expectTypeOf(input.page).toEqualTypeOf<Page>();
    expectTypeOf(input.folder).toEqualTypeOf<string>();
    return { items: [{ id: input.folder }], next: null, total: 1 };
  },
});

function withEffect<E extends Effect>(effect: E) {
  return { ...common, name: 'acme_touch_thing', effect, run: async () => ({}) };
}

describe('the input', () => {
  test('contains the declared fields', () => {
    // Act
    const input = sendThing.input.parse({ channel: 'C1' });

    // Assess
    expect(input).toStrictEqual({ channel: 'C1' });
  });

  test.each([
    ['an unknown key', { channel: 'C1', identifier: 'user_2' }],
    ['a paging key although the tool is not a list', { channel: 'C1', cursor: 'x' }],
    ['a missing field', {}],
    ['a field of another type', { channel: 7 }],
  ])('is rejected with %s', (_, input) => {
    expect(sendThing.input.safeParse(input).success).toBe(false);
  });

  test('is rejected if it contains a key and the tool declares no fields', () => {
    // Prepare
    const { input } = defineTool(withEffect('read'));

    // Act
    const results = [{}, { key: 'x' }].map((value) => input.safeParse(value).success);

    // Assess
    expect(results).toEqual([true, false]);
  });
});

describe('the input of a list', () => {
  test.each([
    ['only the declared fields', { folder: 'x' }],
    ['the fewest results', { folder: 'x', max_results: 1 }],
    ['the most results', { folder: 'x', max_results: 50 }],
    ['a cursor', { folder: 'x', cursor: 'c' }],
  ])('is accepted unchanged with %s', (_, input) => {
    expect(listThings.input.parse(input)).toStrictEqual(input);
  });

  test.each([
    ['a maximum of 0 results', { folder: 'x', max_results: 0 }],
    ['a maximum of too many results', { folder: 'x', max_results: 51 }],
    ['a maximum that is a fraction', { folder: 'x', max_results: 1.5 }],
    ['a maximum that is a text', { folder: 'x', max_results: '5' }],
    ['an empty cursor', { folder: 'x', cursor: '' }],
    ['a cursor longer than the maximum', { folder: 'x', cursor: 'c'.repeat(4_097) }],
    ['an unknown key', { folder: 'x', page: 2 }],
    ['only the paging keys', { max_results: 5 }],
  ])('is rejected with %s', (_, input) => {
    expect(listThings.input.safeParse(input).success).toBe(false);
  });

  test('has the default and the maximum in its schema', () => {
    // Act
    const schema = z.toJSONSchema(listThings.input);

    // Assess
    expect(schema).toMatchObject({
      additionalProperties: false,
      required: ['folder'],
      properties: {
        max_results: {
          default: 10,
          minimum: 1,
          maximum: 50,
          description: 'How many items.',
        },
        cursor: { type: 'string', description: expect.stringContaining('next_cursor') },
      },
    });
  });
});

describe('the output', () => {
  test.each([
    ['complete', { id: '1', note: null }, true],
    ['without a declared key', { id: '1' }, false],
    ['with an undeclared key', { id: '1', note: null, envelope: {} }, false],
  ])('is checked for undeclared and missing keys: %s', (_, output, valid) => {
    expect(sendThing.output.safeParse(output).success).toBe(valid);
  });

  test('contains texts that are cut to the maximum length of their fields', () => {
    // Act
    const { note } = sendThing.output.parse({ id: '1', note: 'x'.repeat(500) });

    // Assess
    expect(note).toBe(`${'x'.repeat(99)}…`);
  });

  const complete = { things: [{ id: '1' }], total: 1, count: 1, next_cursor: null, omitted: 0 };

  test.each([
    ['complete', complete, true],
    ['a list with a next cursor', { ...complete, next_cursor: 'x' }, true],
    ['a list without its items', { ...complete, things: undefined }, false],
    ['a list without a declared field', { ...complete, total: undefined }, false],
    ['a list without count', { ...complete, count: undefined }, false],
    ['a list without next_cursor', { ...complete, next_cursor: undefined }, false],
    ['a list without omitted', { ...complete, omitted: undefined }, false],
    ['a list with an undeclared key in an item', { ...complete, things: [{ id: '1', more: 2 }] }, false],
    ['a list with an undeclared key', { ...complete, items: [] }, false],
    ['a list with a negative count', { ...complete, count: -1 }, false],
  ])('is checked for undeclared, missing and wrong keys: %s', (_, output, valid) => {
    expect(listThings.output.safeParse(output).success).toBe(valid);
  });
});

describe('the default values', () => {
  test.each<['read' | 'delete', boolean]>([
    ['read', false],
    ['delete', true],
  ])('are correct for a tool that can %s: idempotent is false, and confirm is %s', (effect, confirm) => {
    // Act
    const tool = defineTool(withEffect(effect));

    // Assess
    expect(tool).toMatchObject({ effect, idempotent: false, confirm, list: null });
  });

  test('do not include confirm for a create or an update, so the author must set confirm', () => {
    for (const effect of ['create', 'update'] as const) {
      // @ts-expect-error `confirm` is required for this effect.
      defineTool(withEffect(effect));
      expect(defineTool({ ...withEffect(effect), confirm: true }).confirm).toBe(true);
    }
  });

  test('are overridden by the definition', () => {
    // Act
    const tools = [
      defineTool({ ...withEffect('create'), idempotent: true, confirm: true }),
      defineTool({ ...withEffect('delete'), confirm: false }),
    ];

    // Assess
    expect(tools).toMatchObject([
      { idempotent: true, confirm: true },
      { idempotent: false, confirm: false },
    ]);
  });
});

describe('a defined tool', () => {
  test('has the connector, name, effect, scopes, description, examples and list of its definition', () => {
    expect(listThings).toMatchObject({
      connector,
      name: 'acme_list_things',
      effect: 'read',
      scopes: ['things.read'],
      description: 'Does a thing.',
      examples: [],
      list: { key: 'things', default: 10, maximum: 50 },
    });
  });

  test('reads no settings and sends no requests when it is defined', () => {
    // Prepare
    let runs = 0;
    const definition = {
      ...withEffect('create'),
      confirm: false,
      run: async () => {
        runs += 1;
        return {};
      },
    };

    // Act
    const tool = defineTool(definition);

    // Assess
    expect(runs).toBe(0);
    expect(tool.run).toBe(definition.run);
  });

  test('has the types that follow from its contract', () => {
    expectTypeOf(sendThing.run)
      .parameter(0)
      .toEqualTypeOf<{ channel: string; urgent?: boolean | undefined }>();
    expectTypeOf(sendThing.output.parse).returns.toEqualTypeOf<{ id: string; note: string | null }>();
    expectTypeOf(listThings.run).parameter(0).toExtend<{ folder: string; page: Page }>();
    expectTypeOf(listThings.output.parse).returns.toExtend<{
      things: { id: string }[];
      total: number;
      count: number;
      next_cursor: string | null;
      omitted: number;
    }>();
  });
});

describe('the name of a tool', () => {
  test.each([
    'acme',
    'acme_',
    'Acme_send',
    'acme__send',
    'acme_sendThing',
    'other_send_thing',
    `acme_${'x'.repeat(36)}`,
  ])('is rejected if it is %s', (name) => {
    expect(() => defineTool({ ...withEffect('read'), name })).toThrow(
      /must be acme_<verb>_<object> in lower snake case/,
    );
  });

  test('is accepted if it has 40 characters', () => {
    const name = `acme_${'x'.repeat(35)}`;

    expect(defineTool({ ...withEffect('read'), name }).name).toBe(name);
  });
});

test('an unknown effect is rejected with an error that lists the effects', () => {
  const definition = { ...withEffect('read'), effect: JSON.parse('"get"') };

  expect(() => defineTool(definition)).toThrow('must be one of read, create, update, delete');
});

test('a tool that returns a list is rejected if it declares a paging key', () => {
  const list = { key: 'things', item: z.strictObject({ id: id() }), default: 10, maximum: 50 };
  const input = { max_results: z.int() };
  const run = async () => ({ items: [] });

  const define = () => defineTool({ ...common, name: 'acme_list_things', effect: 'read', input, list, run });

  expect(define).toThrow('already has max_results');
});

test('the run function of a list that declares no fields gets only the page', () => {
  const list = { key: 'things', item: z.strictObject({ id: id() }), default: 10, maximum: 50 };

  defineTool({
    ...common,
    name: 'acme_list_things',
    effect: 'read',
    list,
    async run(input) {
      expectTypeOf(input).toEqualTypeOf<object & { page: Page }>();
      return { items: [] };
    },
  });
});
