import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { type DiscoveredTool, discoverTools } from '../../lib/deploy/discover-tools.ts';

/** A tool, with the source of its file and of its test. */
export interface AuthoredTool extends DiscoveredTool {
  /** The content of the tool's file. */
  source: string;
  /** The path of the test, relative to the project. */
  testFile: string;
  /** The content of the test; undefined if the tool has no test. */
  test: string | undefined;
  /** The other tools of the project. */
  others: readonly Tool[];
}

/**
 * Reads the tools of a project, with their sources and tests.
 * @param project an absolute path
 * @throws ToolFileError
 */
export async function readAuthoredTools(project: string): Promise<AuthoredTool[]> {
  const discovered = await discoverTools(project);
  return Promise.all(
    discovered.map(async ({ tool, file }) => {
      const testFile = join(dirname(file), 'test', basename(file).replace(/\.ts$/, '.test.ts'));
      return {
        tool,
        file,
        source: await readFile(join(project, file), 'utf8'),
        testFile,
        test: await readFile(join(project, testFile), 'utf8').catch(() => undefined),
        others: discovered.flatMap(({ tool: other }) => (other === tool ? [] : [other])),
      };
    }),
  );
}
