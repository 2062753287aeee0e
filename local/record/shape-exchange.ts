import type { Body, Exchange, Json } from '../testing/fixture-schema.ts';
import type { MadeUpValues } from './made-up-values.ts';

const ITEMS_MAX = 2;

/** The headers that the tools and their error tables read. */
const HEADERS =
  /^(?:retry-after|link|(?:x-|x-hubspot-)?ratelimit-[a-z-]+|x-(?:accepted-)?oauth-scopes|x-github-request-id|sforce-limit-info)$/;

/**
 * Returns a made-up response with the same shape. The status, the keys, the types of the values, and the
 * values null, true and false stay. All other values are made up. The content type depends only on the body.
 */
export function shapeAnswer(
  { status, headers, body }: Exchange['answer'],
  values: MadeUpValues,
): Exchange['answer'] {
  const shaped = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    HEADERS.test(name) ? [[name, values.string(value)]] : [],
  );
  return {
    status,
    headers: Object.fromEntries([...contentType(body), ...shaped]),
    body: shapeBody(body, values),
  };
}

function contentType(body: Body): [string, string][] {
  if (body === null) return [];
  return [['content-type', 'json' in body ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8']];
}

function shapeBody(body: Body, values: MadeUpValues): Body {
  if (body === null) return null;
  if ('json' in body) return { json: shapeJson(body.json, values) };
  if ('text' in body) return { text: values.string(body.text) };
  return { form: body.form.map(([name, value]) => [values.key(name), values.string(value)]) };
}

/**
 * Makes up JSON with the same shape. A list is cut to two items. If an object has keys that our source does
 * not contain, only two of these keys remain.
 */
export function shapeJson(value: Json, values: MadeUpValues): Json {
  if (typeof value === 'string') return values.string(value);
  if (typeof value === 'number') return values.number(value);
  if (Array.isArray(value)) return mostInformative(value, values).map((item) => shapeJson(item, values));
  return value !== null && typeof value === 'object' ? shapeObject(value, values) : value;
}

/**
 * If our source contains a key, a tool may read it as a field. Any other key may be data, for example a
 * user's ID, so it becomes a made-up key.
 */
function shapeObject(object: Record<string, Json>, values: MadeUpValues): Record<string, Json> {
  const entries = Object.entries(object).map(([name, value]) => ({ name, key: values.key(name), value }));
  const others = entries.filter(({ name, key }) => name !== key).slice(ITEMS_MAX);
  return Object.fromEntries(
    entries
      .filter((entry) => !others.includes(entry))
      .map(({ key, value }) => [key, shapeJson(value, values)]),
  );
}

/**
 * Returns the items that contain the most strings from the connector's source. Such a string can be, for
 * example, the name of an e-mail header that a tool looks for. Among equal items, the first are returned.
 */
function mostInformative(items: readonly Json[], values: MadeUpValues): Json[] {
  const chosen = items
    .map((item, index) => ({ index, constants: constantsIn(item, values) }))
    .sort((one, other) => other.constants - one.constants)
    .slice(0, ITEMS_MAX)
    .map(({ index }) => index);
  return items.filter((_, index) => chosen.includes(index));
}

function constantsIn(item: Json, values: MadeUpValues): number {
  if (typeof item === 'string') return values.constant(item) === undefined ? 0 : 1;
  if (item === null || typeof item !== 'object') return 0;
  return Object.values(item).reduce<number>((sum, child) => sum + constantsIn(child, values), 0);
}
