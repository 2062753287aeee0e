import { join } from 'node:path';
import { ToolFileError } from '../lib/deploy/discover-tools.ts';
import { listTools } from './tool-list/list-tools.ts';

try {
  await listTools(join(import.meta.dirname, '..'));
} catch (error) {
  if (!(error instanceof ToolFileError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
