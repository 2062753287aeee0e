import { matchesGlob } from 'node:path';
import { ParameterError } from './parameters.ts';

/**
 * Returns the entries whose tool name matches a glob, except those that match a glob with a leading `!`.
 * @throws ParameterError if a glob matches nothing, because it is probably misspelt
 */
export function selectTools<Named extends { tool: { name: string } }>(
  all: readonly Named[],
  globs: readonly string[],
): Named[] {
  const excluding = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  const including = globs.filter((glob) => !glob.startsWith('!'));
  const fits = ({ tool }: Named, patterns: readonly string[]) =>
    patterns.some((glob) => matchesGlob(tool.name, glob));
  const idle = [...including, ...excluding].find((glob) => !all.some((one) => fits(one, [glob])));
  if (idle !== undefined) throw new ParameterError(`No tool name matches ${idle}.`);
  const wanted = including.length > 0 ? including : ['*'];
  return all.filter((one) => fits(one, wanted) && !fits(one, excluding));
}
