import { useState } from 'preact/hooks';
import type { ConsoleErrorBody } from '../../console-api.ts';
import { jsonFault, parseJsonObject } from '../shared/json.ts';
import { type Field, type FieldValues, fieldOfValue, valueOfField } from './form-fields.ts';

/** The input that the user is editing for a tool. */
export interface Draft {
  values: FieldValues;
  /**
   * Values whose keys are not in the contract. The form does not show these keys, so they can be edited only
   * as JSON.
   */
  others: Readonly<Record<string, unknown>>;
  /** The text if the user edits the input as JSON; null if the user edits it in the form. */
  json: string | null;
}

export interface ReadDraft {
  input: Record<string, unknown>;
  /** Why the draft cannot be sent; empty if the draft is ready. */
  faults: ConsoleErrorBody['details'];
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

/** Creates a draft for the form from an input. */
export function draftOfInput(fields: readonly Field[], input: Readonly<Record<string, unknown>>): Draft {
  const keys = new Set(fields.map(({ key }) => key));
  const values: Record<string, FieldValues[string]> = {};
  for (const field of fields)
    if (Object.hasOwn(input, field.key)) values[field.key] = fieldOfValue(field, input[field.key]);
  // A spread or an assignment would lose the key `__proto__`, but Object.fromEntries does not.
  const others = Object.fromEntries(Object.entries(input).filter(([key]) => !keys.has(key)));
  return { values, others, json: null };
}

/** Replaces the input of a draft. A draft that is edited as JSON stays JSON. */
export function withInput(
  fields: readonly Field[],
  draft: Draft,
  input: Readonly<Record<string, unknown>>,
): Draft {
  const json = draft.json === null ? null : JSON.stringify(input, null, 2);
  return { ...draftOfInput(fields, input), json };
}

/** Replaces the JSON text of a draft. If the text is valid, the form gets the same values. */
export function withJson(fields: readonly Field[], draft: Draft, json: string): Draft {
  const { input, faults } = readDraft(fields, { ...draft, json });
  return faults.length > 0 ? { ...draft, json } : { ...draftOfInput(fields, input), json };
}

export interface Drafts {
  of(tool: string): Draft;
  set(tool: string, draft: Draft): void;
}

/**
 * Stores a draft for each tool. A draft survives if the user selects another tool, or if the catalogue
 * reloads.
 */
export function useDrafts(): Drafts {
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
  return {
    of: (tool) => drafts.get(tool) ?? EMPTY_DRAFT,
    set: (tool, draft) => setDrafts((before) => new Map(before).set(tool, draft)),
  };
}
