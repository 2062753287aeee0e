import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FRAMES_MAX = 8;
// Matches with or without a function name, which we drop: a text may contain lines that look like frames.
const LOCATION = /^\s+at (?:.* \()?((?:file:\/\/)?\/[^()]{1,500}):(\d{1,9}):(\d{1,9})\)?$/;

/**
 * Returns the place where an error was thrown, innermost first: files, lines and columns. The stack also contains the
 * error's messages; they can only add names of files that exist.
 */
export function errorFrames({ stack }: Error): string[] {
  if (typeof stack !== 'string') return [];
  const frames: string[] = [];
  for (const line of stack.split('\n')) {
    const [, file = '', lineNumber, column] = LOCATION.exec(line) ?? [];
    if (isFile(file)) frames.push(`${file}:${lineNumber}:${column}`);
    if (frames.length === FRAMES_MAX) break;
  }
  return frames;
}

function isFile(file: string): boolean {
  try {
    return existsSync(file.startsWith('file:') ? fileURLToPath(file) : file);
  } catch {
    return false;
  }
}
