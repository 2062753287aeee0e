import { CREDENTIAL_PATTERNS } from './secret-patterns.ts';

/** A value of JSON that holds no other, or the key of one, with its place. */
export interface Leaf {
  value: string | number | boolean | null;
  /** The nearest key above it; empty for none. */
  key: string;
  place: string;
  /** Whether the value is itself a key. */
  isKey: boolean;
}

/** Every leaf and every key of a value, depth first. */
export function jsonLeaves(value: unknown, place = '', key = ''): Leaf[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => jsonLeaves(item, `${place}[${index}]`, key));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, child]) => {
      const inside = placeOfKey(place, name);
      return [{ value: name, key, place: inside, isKey: true }, ...jsonLeaves(child, inside, name)];
    });
  }
  const isLeaf = value === null || ['string', 'number', 'boolean'].includes(typeof value);
  return isLeaf ? [{ value: leafOf(value), key, place, isKey: false }] : [];
}

/** A key can be somebody's address; a place is printed. */
export function placeOfKey(place: string, key: string): string {
  const isName =
    /^[A-Za-z_-]{1,40}$/.test(key) && CREDENTIAL_PATTERNS.every(({ pattern }) => !pattern.test(key));
  const shown = isName ? key : '*';
  return place === '' ? shown : `${place}.${shown}`;
}

function leafOf(value: unknown): Leaf['value'] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
