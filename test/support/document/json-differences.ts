import { textPattern } from './match-text.ts';

const ELLIPSIS = '…';

/**
 * Returns the paths at which a value differs from the value in a document.
 * @param shown the value in the document. The text `…` stands for any value. Within a text, `…` stands for any
 * characters. As the last item of an array, `…` stands for any number of items. As a key, `…` stands for any number
 * of keys.
 */
export function jsonDifferences(shown: unknown, actual: unknown, place = '$'): string[] {
  if (shown === ELLIPSIS) return [];
  if (Array.isArray(shown)) return arrayDifferences(shown, actual, place);
  if (typeof shown === 'object' && shown !== null)
    return objectDifferences(new Map(Object.entries(shown)), actual, place);
  const isSame =
    typeof shown === 'string' && typeof actual === 'string'
      ? new RegExp(`^${textPattern(shown)}$`, 's').test(actual)
      : shown === actual;
  return isSame ? [] : [difference(place, shown, actual)];
}

function arrayDifferences(shown: readonly unknown[], actual: unknown, place: string): string[] {
  if (!Array.isArray(actual)) return [difference(place, shown, actual)];
  const isOpen = shown.at(-1) === ELLIPSIS;
  const items = isOpen ? shown.slice(0, -1) : shown;
  if (actual.length < items.length || (!isOpen && actual.length > items.length))
    return [`${place} has ${actual.length} items, and not ${items.length}.`];
  return items.flatMap((item, index) => jsonDifferences(item, actual[index], `${place}[${index}]`));
}

function objectDifferences(shown: ReadonlyMap<string, unknown>, actual: unknown, place: string): string[] {
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual))
    return [difference(place, Object.fromEntries(shown), actual)];
  const values = new Map<string, unknown>(Object.entries(actual));
  const unknownKeys = shown.has(ELLIPSIS) ? [] : [...values.keys()].filter((key) => !shown.has(key));
  return [
    ...unknownKeys.map((key) => `${place}.${key} is there, and not shown.`),
    ...[...shown]
      .filter(([key]) => key !== ELLIPSIS)
      .flatMap(([key, value]) => jsonDifferences(value, values.get(key), `${place}.${key}`)),
  ];
}

function difference(place: string, shown: unknown, actual: unknown): string {
  return `${place} is ${JSON.stringify(actual)}, and not ${JSON.stringify(shown)}.`;
}
