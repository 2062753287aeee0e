import { readFile } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { UsageError } from '../../local/command-line/usage-error.ts';

// A stack frame in Lambda. The path of the file may begin with /var/task.
const FRAME = /^(?:file:\/\/)?(?:\/var\/task\/)?([\w./-]+\.mjs):(\d+):(\d+)$/;

/**
 * Returns the line in the sources for a stack frame of `error_frames`.
 * @param maps the folder with the source maps of the deployed zips
 * @param project the folder to which the result is relative
 * @returns for example `lib/runtime/chain.ts:57:12`
 * @throws UsageError if the text is not a stack frame, or if its file has no source map
 */
export async function originalFrame(frame: string, maps: string, project: string): Promise<string> {
  const [, file, line, column] = FRAME.exec(frame) ?? [];
  if (file === undefined)
    throw new UsageError(`${frame} is no frame. They are such as functions/gmail/list-unread.mjs:2:3456.`);
  const mapFile = join(maps, `${file}.map`);
  const map = new SourceMap(await readMap(mapFile, file));
  const origin = map.findOrigin(Number(line), Number(column));
  // Without a position in this line, Node.js uses the last position of an earlier line.
  const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
  const isInLine = 'generatedLine' in entry && entry.generatedLine === Number(line) - 1;
  if (!('fileName' in origin) || !isInLine) return `${frame} (of no source)`;
  const source = relative(project, resolve(dirname(mapFile), origin.fileName));
  return `${source}:${origin.lineNumber}:${origin.columnNumber}`;
}

async function readMap(mapFile: string, file: string): Promise<SourceMapPayload> {
  try {
    return JSON.parse(await readFile(mapFile, 'utf8'));
  } catch (cause) {
    throw new UsageError(
      `There is no source map of ${file}. Check the deployed version out, and npm run build.`,
      { cause },
    );
  }
}
