import { matchesGlob } from 'node:path';
import { ParameterError } from './parameters.ts';

interface Named {
  tool: { name: string };
}

/** Returns the globs that match no name. A glob may start with `!`. */
export function idleGlobs(all: readonly Named[], globs: readonly string[]): string[] {
  return globs.filter((glob) => !all.some((one) => fits(one, [withoutMark(glob)])));
}

/**
 * Returns the items whose names match a glob. A glob that starts with `!` removes items.
 * @throws ParameterError if a glob matches no name, because it is probably misspelt
 */
export function selectTools<One extends Named>(all: readonly One[], globs: readonly string[]): One[] {
  const [idle] = idleGlobs(all, globs);
  if (idle !== undefined) throw new ParameterError(`No tool name matches ${withoutMark(idle)}.`);
  const excluding = globs.filter((glob) => glob.startsWith('!')).map(withoutMark);
  const including = globs.filter((glob) => !glob.startsWith('!'));
  const wanted = including.length > 0 ? including : ['*'];
  return all.filter((one) => fits(one, wanted) && !fits(one, excluding));
}

function fits({ tool }: Named, globs: readonly string[]): boolean {
  return globs.some((glob) => matchesGlob(tool.name, glob));
}

function withoutMark(glob: string): string {
  return glob.replace(/^!/, '');
}
