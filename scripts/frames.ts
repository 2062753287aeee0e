// Finds the source lines for the stack frames of a log line, and prints them.
import { join } from 'node:path';
import { readArguments } from '../local/command-line/read-arguments.ts';
import { UsageError } from '../local/command-line/usage-error.ts';
import { originalFrame } from './frames/original-frame.ts';

const PROJECT = join(import.meta.dirname, '..');
const USAGE = 'Usage: npm run frames -- <frame of error_frames>…';

try {
  const { positionals: frames } = readArguments(process.argv.slice(2), {}, USAGE, { allowPositionals: true });
  if (frames.length === 0) throw new UsageError(USAGE);
  for (const frame of frames) console.log(await originalFrame(frame, join(PROJECT, 'dist/maps'), PROJECT));
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof UsageError ? error.message : error);
}
