import type { ObjectSchema, SchemaNode } from '../tools/schema-words.ts';
import { limitWords } from '../tools/schema-words.ts';

/** The element with which the user edits a field. `kind` selects the element. */
type Control =
  | { kind: 'line' | 'text' | 'boolean' | 'lines' | 'json' }
  | { kind: 'number'; minimum: number | undefined; maximum: number | undefined; step: number | 'any' }
  | { kind: 'choice' | 'choices'; options: readonly string[] };

export interface Field {
  key: string;
  description: string;
  limits: string;
  isRequired: boolean;
  control: Control;
  /** The default of the contract as text; empty if it has no default. */
  defaultText: string;
}

/**
 * The value of a field: a text or the selected options. If the control cannot show the value, the field
 * contains JSON.
 */
export type FieldValue = string | readonly string[] | { json: string };

export type FieldValues = Readonly<Record<string, FieldValue>>;

// Roughly the number of characters that fit in one line of the form.
const LINE_LENGTH_MAX = 300;

/** The form fields for the input of a tool. */
export function formFields(schema: ObjectSchema): Field[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties).map(([key, node]) => ({
    key,
    description: node.description ?? '',
    limits: limitWords(node),
    isRequired: required.has(key),
    control: controlFor(node),
    defaultText: node.default === undefined ? '' : textOf(node.default),
  }));
}

function controlFor(node: SchemaNode): Control {
  const options = optionsOf(node);
  if (options) return { kind: 'choice', options };
  switch (node.type) {
    case 'string':
      return { kind: (node.maxLength ?? 0) > LINE_LENGTH_MAX ? 'text' : 'line' };
    case 'integer':
    case 'number': {
      const step = node.multipleOf ?? (node.type === 'integer' ? 1 : 'any');
      return { kind: 'number', minimum: node.minimum, maximum: node.maximum, step };
    }
    case 'boolean':
      return { kind: 'boolean' };
    case 'array':
      return controlForItems(node.items);
    default:
      return { kind: 'json' };
  }
}

function controlForItems(items: SchemaNode | undefined): Control {
  const options = items && optionsOf(items);
  if (options) return { kind: 'choices', options };
  return { kind: items?.type === 'string' ? 'lines' : 'json' };
}

function optionsOf({ enum: values }: SchemaNode): string[] | undefined {
  const texts = values?.filter((value) => typeof value === 'string');
  return texts?.length === values?.length ? texts : undefined;
}

/**
 * Returns the value of a field.
 * @returns undefined if the field is empty, because an empty field is not sent
 * @throws SyntaxError if the field contains invalid JSON
 */
export function valueOfField({ control }: Field, value: FieldValue | undefined): unknown {
  if (value === undefined || value === '') return undefined;
  if (isChosen(value)) return value.length === 0 ? undefined : [...value];
  if (typeof value === 'object') return value.json.trim() === '' ? undefined : JSON.parse(value.json);
  switch (control.kind) {
    case 'number':
      // Text that is not a number is sent unchanged, so that the developer can see how a tool rejects it.
      return Number.isFinite(Number(value)) ? Number(value) : value;
    case 'boolean':
      return value === 'true';
    case 'lines': {
      const lines = value.split('\n').filter((line) => line !== '');
      return lines.length === 0 ? undefined : lines;
    }
    default:
      return value;
  }
}

/** Converts a value to the content of a field, even if the value's type does not match the contract. */
export function fieldOfValue({ control }: Field, value: unknown): FieldValue {
  return heldBy(control, value) ?? { json: JSON.stringify(value, null, 2) };
}

function heldBy(control: Control, value: unknown): FieldValue | undefined {
  switch (control.kind) {
    case 'line':
      // Other values are edited as JSON. A single-line control would lose line breaks, and an empty text
      // would not be sent.
      return typeof value === 'string' && value !== '' && !/[\r\n]/.test(value) ? value : undefined;
    case 'text':
      return typeof value === 'string' && value !== '' ? value : undefined;
    case 'number':
      return typeof value === 'number' ? String(value) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'choice':
      return control.options.find((option) => option === value);
    case 'choices':
      return textsOf(value, (text) => control.options.includes(text));
    case 'lines':
      return textsOf(value, (text) => text !== '' && !text.includes('\n'))?.join('\n');
    default:
      return undefined;
  }
}

/**
 * Returns the items of an array if it is not empty and contains only texts that `isHeld` accepts. Otherwise
 * returns undefined.
 */
function textsOf(value: unknown, isHeld: (text: string) => boolean): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const texts = value.filter((item) => typeof item === 'string' && isHeld(item));
  return texts.length === value.length ? texts : undefined;
}

export function isChosen(value: FieldValue): value is readonly string[] {
  return Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
