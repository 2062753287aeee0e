import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The words in a connector's source. A recording keeps a word of a response only if it is one of these words.
 */
export interface SourceWords {
  /** Identifiers of the code, for example keys of response schemas, and segments of path templates. */
  names: ReadonlySet<string>;
  /**
   * String literals that begin with a letter and contain no space and no `@`, for example `open`. The key is the
   * literal in lower case.
   */
  constants: ReadonlyMap<string, readonly string[]>;
}

const PROJECT = join(import.meta.dirname, '../..');
// Examples contain data, not constants of the code.
const EXAMPLES = /^ {2}examples: \[$.*?^ {2}\],$/gms;
const CONSTANT = /^[A-Za-z][^\s@]*$/;
const PATH = /\bpath`([^`]*)`/g;
// The pattern can match a wrong place, such as a quote inside a regular expression. This is harmless, because
// the match is then also a text of our own source.
const TOKEN = /\/\/.*|\/\*[\s\S]*?\*\/|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|([A-Za-z_$][\w$]*)/g;

/** Reads the source of a connector's tools and shared files, without the tests and the emulated provider. */
export async function readSourceWords(connector: string): Promise<SourceWords> {
  const sources: string[] = [];
  for await (const file of glob(`functions/${connector}/{,shared/}*.ts`, { cwd: PROJECT }))
    sources.push(await readFile(join(PROJECT, file), 'utf8'));
  return sourceWordsOf(sources.join('\n'));
}

/** Returns the words in a source text. */
export function sourceWordsOf(source: string): SourceWords {
  const names = new Set<string>();
  const constants = new Set<string>();
  for (const [, single, double, name] of source.replaceAll(EXAMPLES, '').matchAll(TOKEN)) {
    const literal = single ?? double;
    if (name !== undefined) names.add(name);
    if (literal !== undefined && CONSTANT.test(literal)) constants.add(literal);
  }
  for (const [, template = ''] of source.matchAll(PATH))
    for (const segment of template.split(/\/|\$\{[^}]*\}/)) names.add(segment);
  return { names, constants: Map.groupBy(constants, (constant) => constant.toLowerCase()) };
}
