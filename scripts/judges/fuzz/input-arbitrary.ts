import * as fc from 'fast-check';
import * as z from 'zod';

const JSON_DEPTH = { maxDepth: 2 };
const TEXT_CHARACTERS = 60;
const ITEMS = 4;
const INTEGER_MAX = 1_000_000;

/** The keywords of JSON Schema that the schemas of inputs use. */
const InputSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  minLength: z.int().default(0),
  maxLength: z.int().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.int().default(0),
  maxItems: z.int().optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});
type InputSchema = z.output<typeof InputSchema>;

/**
 * Generates values that a schema allows. Some values do not match the schema's formats and patterns, because we only
 * approximate them.
 */
export function arbitraryOf(schema: unknown): fc.Arbitrary<unknown> {
  const parsed = InputSchema.parse(schema ?? {});
  if (parsed.enum) return fc.constantFrom(...parsed.enum);
  if (parsed.anyOf) return fc.oneof(...parsed.anyOf.map(arbitraryOf));
  const types = [parsed.type ?? []].flat();
  return types.length > 0
    ? fc.oneof(...types.map((type) => arbitraryOfType(type, parsed)))
    : fc.jsonValue(JSON_DEPTH);
}

function arbitraryOfType(type: string, schema: InputSchema): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -INTEGER_MAX, max: schema.maximum ?? INTEGER_MAX });
    case 'number':
      return fc.double({
        min: schema.minimum ?? -INTEGER_MAX,
        max: schema.maximum ?? INTEGER_MAX,
        noNaN: true,
      });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(arbitraryOf(schema.items), {
        minLength: schema.minItems,
        maxLength: Math.max(schema.minItems, Math.min(schema.maxItems ?? ITEMS, ITEMS)),
      });
    case 'object':
      return objectOf(schema);
    case 'null':
      return fc.constant(null);
    default:
      throw new Error(`The fuzzer does not know the type ${type}.`);
  }
}

function textOf({ format, minLength, maxLength }: InputSchema): fc.Arbitrary<string> {
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  const length = {
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength ?? TEXT_CHARACTERS, TEXT_CHARACTERS)),
  };
  return fc.oneof(
    fc.string({ ...length, unit: 'grapheme' }),
    fc.string({ ...length, unit: 'binary' }),
    fc.stringMatching(/^[a-z0-9]{1,20}$/),
    fc.constantFrom(
      '../..',
      '%2e%2e%2f',
      "' OR 1=1 --",
      '<!channel>',
      '0',
      'null',
      '2026-11-30',
      '@',
      '#general',
    ),
  );
}

function objectOf({ properties, required }: InputSchema): fc.Arbitrary<object> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, arbitraryOf(schema)]),
  );
  return fc.record(fields, { requiredKeys: required });
}

/**
 * Generates bodies of requests: examples, examples in which some fields are generated, generated inputs, inputs with a
 * fault, and texts that are not a JSON object.
 * @param schema the JSON Schema of the input
 * @param examples inputs that should succeed
 */
export function bodyOf(schema: unknown, examples: readonly object[]): fc.Arbitrary<string> {
  const example = examples.length > 0 ? fc.constantFrom(...examples) : fc.constant({});
  const generated = objectOf(InputSchema.parse(schema));
  const merged = fc
    .tuple(example, generated, fc.array(fc.boolean(), { minLength: 1, maxLength: ITEMS }))
    .map(([base, other, kept]) => ({
      ...base,
      ...Object.fromEntries(Object.entries(other).filter((_, index) => kept[index % kept.length])),
    }));
  const names = Object.keys(InputSchema.parse(schema).properties);
  const name = fc.oneof(
    fc.constantFrom('identifier', '__proto__', 'x'),
    fc.constantFrom(...names, 'max_results'),
  );
  const faulty = fc
    .tuple(example, name, fc.jsonValue(JSON_DEPTH))
    .map(([base, field, value]) => ({ ...base, ...Object.fromEntries([[field, value]]) }));
  return fc.oneof(
    { weight: 4, arbitrary: example.map((value) => JSON.stringify(value)) },
    { weight: 6, arbitrary: merged.map((value) => JSON.stringify(value)) },
    { weight: 4, arbitrary: generated.map((value) => JSON.stringify(value)) },
    { weight: 4, arbitrary: faulty.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 2 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: TEXT_CHARACTERS }) },
  );
}
