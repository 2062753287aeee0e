import { readAuthoredTools } from './authored-tool.ts';
import { AUTHORING_RULES } from './authoring-rules.ts';

/** A fault of a tool, with its fix. */
export interface AuthoringFault {
  /** The tool's file, relative to the project. */
  file: string;
  message: string;
}

/**
 * The faults of a project's tools, by the rules for every tool.
 * @param project an absolute path
 * @throws ToolFileError if a tool's file cannot be imported
 */
export async function authoringFaults(project: string): Promise<AuthoringFault[]> {
  const tools = await readAuthoredTools(project);
  return tools.flatMap((tool) =>
    AUTHORING_RULES.flatMap((rule) => rule(tool).map((message) => ({ file: tool.file, message }))),
  );
}
