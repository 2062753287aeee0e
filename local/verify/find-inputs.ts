import type { Tool } from '../../lib/contract/define-tool.ts';
import { PAGING_INPUT_KEYS } from '../../lib/contract/paging.ts';
import { inputSchema, type ObjectSchema } from '../../lib/schemas/json-schema.ts';
import type { SchemaNode } from '../../lib/schemas/schema-node.ts';
import type { AnswerRow } from './answer-rows.ts';
import { KNOWN_INPUTS } from './known-inputs.ts';

type Input = Record<string, unknown>;

const MS_PER_WEEK = 7 * 86_400_000;
const PAGING: ReadonlySet<string> = new Set(PAGING_INPUT_KEYS);

/**
 * Finds inputs for a tool in the objects that other tools of its connector returned. A value comes from a
 * field with the same name. An ID such as `message_id` can also come from the field `id` of a message, or of
 * an object from a tool that the field's description names. All values of one input come from the same
 * object, because different objects may not belong together.
 * @param rows the objects that other tools returned
 * @returns valid inputs, the best first; empty if no value was found for a required field
 */
export function findInputs(tool: Tool, rows: readonly AnswerRow[]): Input[] {
  const { properties, required = [] } = inputSchema(tool);
  const others = rows.filter((row) => row.tool !== tool.name);
  const needed = required.filter((field) => !PAGING.has(field));
  const inputs =
    needed.length > 0
      ? [undefined, ...others].map((row) => inputOf(needed, row))
      : [{}, ...oneOptionalOf(others)];
  return distinct(inputs.filter((input) => input !== undefined)).filter(
    (input) => tool.input.safeParse(input).success,
  );

  /** Returns an input with these fields; undefined if there is no row, or if a field has no value. */
  function inputOf(fields: readonly string[], row: AnswerRow | undefined): Input | undefined {
    const entries = fields.map((field) => [field, valueFor(field, row)] as const);
    return entries.every(([, value]) => value !== undefined) ? Object.fromEntries(entries) : undefined;
  }

  function valueFor(field: string, row: AnswerRow | undefined): unknown {
    const known = KNOWN_INPUTS[tool.name]?.[field];
    if (known && 'value' in known) return known.value;
    if (known) return row?.tool === known.from ? row.values.get(known.key) : undefined;
    return (row && fromRow(field, properties[field] ?? {}, row)) ?? fromContract(field, properties, tool);
  }

  /**
   * Returns inputs that contain one optional field each. Some tools need at least one of several optional
   * fields, which a schema cannot express.
   */
  function oneOptionalOf(from: readonly AnswerRow[]): Input[] {
    return from.flatMap((row) =>
      Object.entries(properties).flatMap(([field, node]) => {
        const value = /_id$/.test(field) ? fromRow(field, node, row) : undefined;
        return value === undefined ? [] : [{ [field]: value }];
      }),
    );
  }
}

/** Returns the required fields whose values only another tool or a person can supply. */
export function neededInputs(tool: Tool): string[] {
  const { properties, required = [] } = inputSchema(tool);
  return required.filter(
    (field) => !PAGING.has(field) && fromContract(field, properties, tool) === undefined,
  );
}

function fromRow(
  field: string,
  { description = '' }: SchemaNode,
  { tool, object, values }: AnswerRow,
): unknown {
  const isItsId = field === `${object}_id` || new RegExp(`\\b${tool}\\b`).test(description);
  return values.get(field) ?? (isItsId ? values.get('id') : undefined);
}

/** Returns a number or a time that is valid for every account; undefined for other fields. */
function fromContract(field: string, properties: ObjectSchema['properties'], tool: Tool): unknown {
  // The time is the start of a day, so that it is the same in each round of a run.
  if (field === 'since') return `${new Date(Date.now() - MS_PER_WEEK).toISOString().slice(0, 10)}T00:00:00Z`;
  const isNumber = ['integer', 'number'].includes(String(properties[field]?.type));
  return isNumber && !TELLS_ONE_THING.test(field) ? tool.examples[0]?.input[field] : undefined;
}

// Names of fields that identify one object, such as the number of a pull request. Other numbers, such as a
// number of days, do not.
const TELLS_ONE_THING = /(?:^|_)(?:id|number)$/;

function distinct(inputs: readonly Input[]): Input[] {
  return [...new Map(inputs.map((input) => [JSON.stringify(input), input])).values()];
}
