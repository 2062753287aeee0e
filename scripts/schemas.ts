// Writes the schemas of all tools, in every format that an agent or a gateway accepts.
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { discoverTools, ToolFileError } from '../lib/deploy/discover-tools.ts';
import { AuthoringError } from '../lib/errors/authoring-error.ts';
import { schemaFiles } from '../lib/schemas/schema-files.ts';
import { UsageError } from '../local/command-line/usage-error.ts';
import packageJson from '../package.json' with { type: 'json' };
import { readOptions } from './schemas/read-options.ts';
import { writeJson } from './schemas/write-json.ts';

const PROJECT = join(import.meta.dirname, '..');
const ADD_GROUPS = join(PROJECT, 'scripts/schemas/add-groups.sh');

try {
  const { out, servers } = readOptions(process.argv.slice(2));
  const tools = (await discoverTools(PROJECT)).map(({ tool }) => tool);
  const files = schemaFiles(tools, { version: packageJson.version, servers });
  for (const [path, content] of Object.entries(files)) {
    await writeJson(resolve(out, path), content);
    console.log(join(out, path));
  }
  await cp(ADD_GROUPS, resolve(out, 'bedrock/add-groups.sh'));
  console.log(join(out, 'bedrock/add-groups.sh'));
} catch (error) {
  process.exitCode = 1;
  console.error(isExpected(error) ? error.message : error);
}

/** Prints an expected error in one line. Any other error is a bug of this script, so its stack trace is printed. */
function isExpected(error: unknown): error is Error {
  const own = [UsageError, ToolFileError, AuthoringError].some((type) => error instanceof type);
  return own || (error instanceof Error && 'code' in error && 'path' in error);
}
