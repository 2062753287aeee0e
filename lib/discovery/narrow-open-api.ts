import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';

// The parts of the OpenAPI document that depend on the tools.
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
 * Removes tools from the OpenAPI document, and then the tags and components that nothing refers to.
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
        // The document refers to security schemes by name, not with `$ref`.
        kind === 'securitySchemes' ? named : picked(named, (name) => used.has(`${kind}/${name}`)),
      ]),
    ),
  };
}

/** Returns the components that a text refers to, such as `schemas/Error`, directly or through other components. */
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
