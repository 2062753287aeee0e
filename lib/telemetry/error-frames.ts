import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FRAMES_MAX = 8;
// With or without the function before it, whose name is not told: a text may hold lines that look like frames.
const LOCATION = /^\s+at (?:.* \()?((?:file:\/\/)?\/[^()]{1,500}):(\d{1,9}):(\d{1,9})\)?$/;

/**
 * Where an error was thrown, innermost first: files, lines and columns. Its message, of which a stack holds the earlier
 * forms as well, can add none but files that there are.
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
