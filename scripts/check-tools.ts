// Checks every tool against the rules for all tools.
import { join } from 'node:path';
import { ToolFileError } from '../lib/deploy/discover-tools.ts';
import { authoringFaults } from './authoring/authoring-faults.ts';

try {
  const faults = await authoringFaults(join(import.meta.dirname, '..'));
  for (const { file, message } of faults) console.error(`${file}: ${message}`);
  if (faults.length > 0) process.exitCode = 1;
  else console.log('All tools follow the rules.');
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof ToolFileError ? error.message : error);
}
