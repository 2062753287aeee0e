import type { ObjectSchema, SchemaNode } from '../tools/schema-words.ts';
import { limitWords } from '../tools/schema-words.ts';

/** Where a value of the input is written. */
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
  /** What the tool takes where nothing is sent; empty where it does not say. */
  defaultText: string;
}

/** What a field holds: its text, what is chosen of several, or JSON where its control cannot hold the value. */
export type FieldValue = string | readonly string[] | { json: string };

export type FieldValues = Readonly<Record<string, FieldValue>>;

// A line of the form shows about as much.
const LINE_LENGTH_MAX = 300;

/** The fields of a form for the input of a tool. */
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
 * The value that a field stands for.
 * @returns undefined where it is empty, so that its key is not sent
 * @throws SyntaxError where it holds JSON that is none
 */
export function valueOfField({ control }: Field, value: FieldValue | undefined): unknown {
  if (value === undefined || value === '') return undefined;
  if (isChosen(value)) return value.length === 0 ? undefined : [...value];
  if (typeof value === 'object') return value.json.trim() === '' ? undefined : JSON.parse(value.json);
  switch (control.kind) {
    case 'number':
      // What is no number is sent as it is: seeing how it is refused is what a console is for.
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

/** How a field holds a value, be it of the type that the contract wants or not. */
export function fieldOfValue({ control }: Field, value: unknown): FieldValue {
  return heldBy(control, value) ?? { json: JSON.stringify(value, null, 2) };
}

function heldBy(control: Control, value: unknown): FieldValue | undefined {
  switch (control.kind) {
    case 'line':
      // A line would lose the breaks; an empty one would not be sent.
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

/** The texts of an array of nothing else, which is not empty. */
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
