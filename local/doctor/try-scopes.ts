import type { Tool } from '../../lib/contract/define-tool.ts';
import type { Runner } from '../../lib/create-runner.ts';
import { ToolError } from '../../lib/errors/tool-error.ts';
import type { CheckSubject } from './check-subject.ts';
import { errorFinding } from './error-finding.ts';
import { type Finding, notChecked, ok } from './finding.ts';
import { smallestInput } from './probes.ts';

/**
 * Calls tools that read, to find out which scopes the account has. Used for providers that do not list the
 * scopes of an account.
 */
export async function tryScopes(
  subject: CheckSubject,
  tools: readonly Tool[],
  runner: Runner,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const tried = new Set<string>();
  for (const tool of tools) {
    const input = smallestInput(tool);
    if (!input || tool.scopes.every((scope) => tried.has(scope))) continue;
    const finding = await tryTool(tool, input, subject, runner);
    if (!finding) continue;
    for (const scope of tool.scopes) tried.add(scope);
    findings.push(finding);
  }
  const untried = subject.scopes.filter((scope) => !tried.has(scope));
  if (untried.length === 0) return findings;
  return [
    ...findings,
    notChecked(`${subject.name}: whether the account has ${untried.join(', ')}. No tool could test it.`),
  ];
}

async function tryTool(
  tool: Tool,
  input: Record<string, unknown>,
  subject: CheckSubject,
  runner: Runner,
): Promise<Finding | undefined> {
  const { name, account } = subject;
  const { scopes } = tool;
  try {
    await runner.run(tool, { identifier: account.identifier, input });
    return ok(`${name}: ${tool.name} works with ${scopes.join(', ')}.`);
  } catch (error) {
    // Some tools need at least one of several optional inputs, which their schemas cannot express.
    if (error instanceof ToolError && error.code === 'invalid_input') return undefined;
    return errorFinding(tool.name, error, { ...subject, scopes });
  }
}
