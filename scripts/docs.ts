// Writes docs/reference.md from the doc comments of what the package exports.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingCommentsError } from './docs/missing-comments-error.ts';
import { reference } from './docs/reference.ts';

const PROJECT = join(import.meta.dirname, '..');

try {
  await writeFile(join(PROJECT, 'docs/reference.md'), reference(PROJECT));
} catch (error) {
  if (!(error instanceof MissingCommentsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
