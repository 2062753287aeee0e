import { readAuthoredTools } from './authored-tool.ts';
import { AUTHORING_RULES } from './authoring-rules.ts';

/** What is wrong with a tool, and how to mend it. */
export interface AuthoringFault {
  /** The tool's file, relative to the project. */
  file: string;
  message: string;
}

/**
 * What is wrong with the tools of a project, by the rules that every tool keeps to.
 * @param project an absolute path
 * @throws ToolFileError where a tool's file cannot be imported
 */
export async function authoringFaults(project: string): Promise<AuthoringFault[]> {
  const tools = await readAuthoredTools(project);
  return tools.flatMap((tool) =>
    AUTHORING_RULES.flatMap((rule) => rule(tool).map((message) => ({ file: tool.file, message }))),
  );
}
