import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const SourceMap = z.object({ sources: z.array(z.string()) });

/** Returns the paths of the modules in a bundle, relative to the project. */
export async function sourcesOf(dist: string, handler: string): Promise<string[]> {
  const map = await readFile(join(dist, 'maps', handler.replace(/\.handler$/, '.mjs.map')), 'utf8');
  return SourceMap.parse(JSON.parse(map)).sources.map((source) => source.replace(/^(?:\.\.\/)+/, ''));
}
