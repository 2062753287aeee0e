import type * as z from 'zod';
import type { ErrorDetail } from '../errors/tool-error.ts';
import type { ProviderRequestOptions } from './provider-client.ts';
import { FAULT_ISSUES, type ProviderFault } from './provider-errors.ts';

// An agent needs no more faults than this to correct an input.
const DETAILS_MAX = 20;
const NAMES_MAX = 1_000;
const FIELD_LENGTH_MAX = 200;
const NOT_IN_NAME = /[^\p{L}\p{N}_]+/u;

/** A field or list item that a provider's error can refer to. */
export interface Place {
  path: string;
  /** The name of a list item. The path of an item contains only its index. */
  item?: string;
}

/**
 * Describes in our own words the values that a provider rejects. The agent sees a field name of the provider only if
 * `places` contains it.
 * @param places the result of {@link placesOf}
 */
export function faultDetails(
  faults: readonly ProviderFault[],
  places: ReadonlyMap<string, Place>,
): ErrorDetail[] {
  const details = faults.map(({ field = '', fault, issue = FAULT_ISSUES[fault] }) => {
    const { path, item } = placeOf(field.slice(0, FIELD_LENGTH_MAX), places);
    return { path, issue: item === undefined ? issue : `${item} ${issue}` };
  });
  const distinct = new Map(details.map((detail) => [JSON.stringify(detail), detail]));
  return [...distinct.values()].slice(0, DETAILS_MAX);
}

function placeOf(field: string, places: ReadonlyMap<string, Place>): Place {
  // The provider's text may be a path such as `properties.email` or `/labels`. We use the last part that we know,
  // because it is the most precise.
  const known = field.split(NOT_IN_NAME).findLast((part) => places.has(normalised(part)));
  return (known !== undefined && places.get(normalised(known))) || { path: '' };
}

/**
 * Finds everything in a request that a provider's error can refer to, in this order: the fields of the tool's input,
 * the items of lists in the input (`fields.0`), the keys that were sent to the provider, and `knownFields`. If two of
 * them have the same name, the first one is used.
 * @param shape the fields of the tool's input schema
 * @param input the input of this call
 * @returns the places by name, in lower case without underscores
 */
export function placesOf(
  shape: Readonly<Record<string, unknown>>,
  input: Readonly<Record<string, unknown>>,
  { query, json, form, knownFields = [] }: ProviderRequestOptions<z.ZodType>,
): Map<string, Place> {
  const sent: [string, Place][] = [];
  const values: unknown[] = [json, form, query];
  // The loop also visits the values that it adds.
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) sent.push(...Object.keys(value).slice(0, NAMES_MAX).map(itself));
    if (values.length < NAMES_MAX) values.push(...Object.values(value).slice(0, NAMES_MAX));
  }
  const listed = Object.entries(input).flatMap(([key, list]) => listedIn(key, list));
  const named = Object.keys(shape).map(itself);
  // If a name occurs several times, a `Map` uses the last occurrence. We want the first, so the order is reversed
  // here.
  const inOrder = [...knownFields.map(itself), ...sent.reverse(), ...listed.reverse(), ...named];
  return new Map(inOrder.map(([name, place]) => [normalised(name), place]));
}

/**
 * Returns the names of the items in a list. An item is a text, or has a `name`. If the name contains dots, only its
 * last part is used.
 */
function listedIn(key: string, list: unknown): [string, Place][] {
  if (!Array.isArray(list)) return [];
  return list.slice(0, NAMES_MAX).flatMap((item: unknown, index): [string, Place][] => {
    const name: unknown = typeof item === 'object' && item !== null && 'name' in item ? item.name : item;
    if (typeof name !== 'string' || name.length > FIELD_LENGTH_MAX) return [];
    return [[name.split('.').at(-1) ?? name, { path: `${key}.${index}`, item: name }]];
  });
}

function itself(name: string): [string, Place] {
  return [name, { path: name }];
}

/** Returns the same text for `lastName`, `last_name` and `LastName`. */
function normalised(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
