import { useState } from 'preact/hooks';
import type { Refusal } from '../../console-api.ts';
import { jsonFault, parseJsonObject } from '../shared/json.ts';
import { type Field, type FieldValues, fieldOfValue, valueOfField } from './form-fields.ts';

/** What somebody is writing as the input of a tool. */
export interface Draft {
  values: FieldValues;
  /** Keys that the contract does not have, which only JSON can bring. */
  others: Readonly<Record<string, unknown>>;
  /** The whole input as text while it is written as JSON; null while it is written in the form. */
  json: string | null;
}

export interface ReadDraft {
  input: Record<string, unknown>;
  /** Why there is no input to send; empty where there is one. */
  faults: Refusal['details'];
}

export const EMPTY_DRAFT: Draft = { values: {}, others: {}, json: null };

export function readDraft(fields: readonly Field[], draft: Draft): ReadDraft {
  if (draft.json === null) return readForm(fields, draft);
  try {
    return { input: parseJsonObject(draft.json), faults: [] };
  } catch (error) {
    return { input: {}, faults: [{ path: '', issue: jsonFault(error) }] };
  }
}

function readForm(fields: readonly Field[], { values, others }: Draft): ReadDraft {
  const input: Record<string, unknown> = {};
  const faults: { path: string; issue: string }[] = [];
  for (const field of fields) {
    try {
      const value = valueOfField(field, values[field.key]);
      if (value !== undefined) input[field.key] = value;
    } catch (error) {
      faults.push({ path: field.key, issue: jsonFault(error) });
    }
  }
  return { input: { ...input, ...others }, faults };
}

/** A draft, in the form, that stands for an input. */
export function draftOfInput(fields: readonly Field[], input: Readonly<Record<string, unknown>>): Draft {
  const keys = new Set(fields.map(({ key }) => key));
  const values: Record<string, FieldValues[string]> = {};
  for (const field of fields)
    if (Object.hasOwn(input, field.key)) values[field.key] = fieldOfValue(field, input[field.key]);
  // Not set one by one: a key can be `__proto__`.
  const others = Object.fromEntries(Object.entries(input).filter(([key]) => !keys.has(key)));
  return { values, others, json: null };
}

/** The same draft with an input in place of its own, written as it was. */
export function withInput(
  fields: readonly Field[],
  draft: Draft,
  input: Readonly<Record<string, unknown>>,
): Draft {
  const json = draft.json === null ? null : JSON.stringify(input, null, 2);
  return { ...draftOfInput(fields, input), json };
}

/** The same draft with another text; the form follows where the text can be read. */
export function withJson(fields: readonly Field[], draft: Draft, json: string): Draft {
  const { input, faults } = readDraft(fields, { ...draft, json });
  return faults.length > 0 ? { ...draft, json } : { ...draftOfInput(fields, input), json };
}

export interface Drafts {
  of(tool: string): Draft;
  set(tool: string, draft: Draft): void;
}

/** What is being written for each tool; it stays when another tool is chosen or the catalogue is read again. */
export function useDrafts(): Drafts {
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
  return {
    of: (tool) => drafts.get(tool) ?? EMPTY_DRAFT,
    set: (tool, draft) => setDrafts((before) => new Map(before).set(tool, draft)),
  };
}
