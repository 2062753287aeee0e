import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';

const Document = lazily(() =>
  z.looseObject({
    paths: z.record(z.string(), z.unknown()),
    tags: z.array(z.looseObject({ name: z.string() })),
    components: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
);
const REFERENCE = /"#\/components\/(\w+)\/([^"]+)"/g;
const TAGS = /"tags":\[([^\]]*)\]/g;

/**
 * Removes tools from the OpenAPI document, and also the tags and components that no other tool uses.
 * @param document the result of `openApiDocument`
 * @param isListed returns true if the tool with this name stays
 */
export function narrowOpenApi(
  document: Readonly<Record<string, unknown>>,
  isListed: (name: string) => boolean,
): Record<string, unknown> {
  const { paths, tags, components, ...others } = Document().parse(document);
  const kept = Object.fromEntries(
    Object.entries(paths).filter(
      ([path]) => !path.startsWith('/tools/') || isListed(path.slice('/tools/'.length)),
    ),
  );
  const text = JSON.stringify(kept);
  const usedTags = new Set(
    [...text.matchAll(TAGS)].flatMap(([, names = '']) => names.match(/[^",]+/g) ?? []),
  );
  const used = referencesOf(text, components);
  return {
    ...others,
    tags: tags.filter(({ name }) => usedTags.has(name)),
    paths: kept,
    components: Object.fromEntries(
      Object.entries(components).map(([kind, named]) => [
        kind,
        // The other parts of the document refer to security schemes by name, not with `$ref`, so we keep all schemes.
        kind === 'securitySchemes' ? named : picked(named, (name) => used.has(`${kind}/${name}`)),
      ]),
    ),
  };
}

/**
 * Returns the components that a text refers to, directly or through other components. Each is a text such as
 * `schemas/Error`.
 */
function referencesOf(
  text: string,
  components: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Set<string> {
  const found = new Set<string>();
  const texts = [text];
  for (let next = texts.pop(); next !== undefined; next = texts.pop()) {
    for (const [, kind = '', name = ''] of next.matchAll(REFERENCE)) {
      const reference = `${kind}/${name}`;
      if (found.has(reference)) continue;
      found.add(reference);
      texts.push(JSON.stringify(components[kind]?.[name] ?? null));
    }
  }
  return found;
}

function picked(named: Readonly<Record<string, unknown>>, isUsed: (name: string) => boolean) {
  return Object.fromEntries(Object.entries(named).filter(([name]) => isUsed(name)));
}
