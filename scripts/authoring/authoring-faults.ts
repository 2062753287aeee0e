import { glob } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readAuthoredTools } from './authored-tool.ts';
import { AUTHORING_RULES } from './authoring-rules.ts';

// All other files in a connector's folder must be tools.
const CONNECTOR_FILES = ['functions/*/{connector,errors}.ts'];

/** A fault in a file under `functions/`, and how to fix it. */
export interface AuthoringFault {
  /** Relative to the project. */
  file: string;
  message: string;
}

/**
 * Checks a project's tools against the rules for every tool. Also reports files in a connector's folder that are not
 * tools.
 * @param project an absolute path
 * @throws ToolFileError if a tool's file cannot be imported
 */
export async function authoringFaults(project: string): Promise<AuthoringFault[]> {
  const tools = await readAuthoredTools(project);
  const faults = tools.flatMap((tool) =>
    AUTHORING_RULES.flatMap((rule) => rule(tool).map((message) => ({ file: tool.file, message }))),
  );
  const toolFiles = new Set(tools.map(({ file }) => file));
  for await (const file of glob('functions/*/*.ts', { cwd: project, exclude: CONNECTOR_FILES })) {
    if (toolFiles.has(file)) continue;
    faults.push({ file, message: `It is not a tool. Move it to ${dirname(file)}/shared/.` });
  }
  return faults;
}
