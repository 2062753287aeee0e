import type { Tool } from '../../lib/contract/define-tool.ts';
import { type ConnectorTools, toolsByConnector } from '../../lib/contract/tools-by-connector.ts';
import { createRunner, type Runner } from '../../lib/create-runner.ts';
import { ToolError } from '../../lib/errors/tool-error.ts';
import { createScalekit, type Scalekit } from '../../lib/scalekit/scalekit.ts';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import { readConnectorSettings, readSettings } from '../../lib/settings/settings.ts';
import { readAccountDetails } from '../doctor/read-account-details.ts';
import { withDeadline } from '../doctor/with-deadline.ts';
import { type AnswerRow, answerRows } from './answer-rows.ts';
import { errorVerdict } from './error-verdict.ts';
import { findInputs, neededInputs } from './find-inputs.ts';
import type { Verdict } from './verdict.ts';

interface VerifyOptions {
  /** The settings of the deployed tools. */
  variables: Environment;
  /** The user whose accounts are read. */
  identifier: string;
  /** The tools. Only tools that read are called. */
  tools: readonly Tool[];
  /** Inputs that a person supplied. The key is the name of the tool. */
  inputs: Readonly<Record<string, Record<string, unknown>>>;
}

interface Verification extends Pick<VerifyOptions, 'identifier' | 'inputs'> {
  runner: Runner;
  /** The account's scopes; undefined if Scalekit does not list them. */
  granted: readonly string[] | undefined;
  /** The objects that the connector's tools have returned so far. */
  rows: AnswerRow[];
}

interface Trial {
  tool: Tool;
  /** The inputs that were tried so far, as JSON. */
  tried: Set<string>;
  /** The verdict on the last input. */
  verdict: Verdict;
}

// Tries at most this many inputs for a tool. One input is often not enough, because the provider may have no
// data for the first object of a list.
const ATTEMPTS_MAX = 6;

/**
 * Calls the tools that read, one connector after the other. Leaves out tools for which no input is found.
 * Writes nothing at a provider, and creates no account in Scalekit.
 * @returns the verdict on each tool, as soon as it is known
 * @throws SettingsError if a setting is missing or malformed
 */
export async function* verifyTools({
  variables,
  identifier,
  tools,
  inputs,
}: VerifyOptions): AsyncGenerator<[tool: Tool, verdict: Verdict]> {
  // The setting may be missing, because this command creates no consent link.
  const settings = { ...variables, USER_VERIFY_URL: variables.USER_VERIFY_URL || 'none' };
  const scalekit = createScalekit(readSettings(settings));
  const runner = createRunner({ variables: settings, log: () => {} });
  for (const group of toolsByConnector(tools.filter(({ effect }) => effect === 'read'))) {
    const { verdict, granted } = await accountOf(group, settings, identifier, scalekit);
    if (verdict) for (const tool of group.tools) yield [tool, verdict];
    else yield* verifyConnector(group.tools, { identifier, inputs, runner, granted, rows: [] });
  }
}

async function accountOf(
  { connector }: ConnectorTools,
  settings: Environment,
  identifier: string,
  scalekit: Scalekit,
): Promise<{ verdict?: Verdict; granted?: string[] | undefined }> {
  const { connection } = readConnectorSettings(connector, settings);
  const account = {
    connector: connector.name,
    connection,
    connectionSetting: connector.connectionSetting,
    identifier,
  };
  try {
    const details = await withDeadline((deadline) => readAccountDetails(scalekit, account, deadline));
    if (details?.status === 'ACTIVE') return { granted: details.scopes };
    const state = details ? `It is ${details.status}.` : 'There is none, or no such connection.';
    const detail = `${state} npm run doctor has the next step.`;
    return { verdict: { verdict: 'missing', lacks: 'account', detail } };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { verdict: { verdict: 'failed', code: error.code, status: null, endpoint: null } };
  }
}

/**
 * Calls the tools of a connector in rounds. Each round tries the inputs that were found in the outputs of
 * earlier rounds. Ends when a round finds no new input.
 */
async function* verifyConnector(
  tools: readonly Tool[],
  verification: Verification,
): AsyncGenerator<[Tool, Verdict]> {
  let left = tools.map((tool): Trial => ({ tool, tried: new Set(), verdict: nothingFound(tool) }));
  for (let isProgress = true; isProgress; ) {
    isProgress = false;
    for (const trial of left) {
      for (const input of untried(trial, verification)) {
        isProgress = true;
        trial.tried.add(JSON.stringify(input));
        trial.verdict = await verdictOn(trial.tool, input, verification);
        if (isSettled(trial)) break;
      }
      if (isSettled(trial)) yield [trial.tool, trial.verdict];
    }
    left = left.filter((trial) => !isSettled(trial));
  }
  for (const { tool, verdict } of left) yield [tool, verdict];
}

function untried({ tool, tried }: Trial, { inputs, rows }: Verification): Record<string, unknown>[] {
  const given = inputs[tool.name];
  return (given ? [given] : findInputs(tool, rows))
    .filter((input) => !tried.has(JSON.stringify(input)))
    .slice(0, ATTEMPTS_MAX - tried.size);
}

/** Returns whether no other input could lead to a better verdict. */
function isSettled({ verdict }: Trial): boolean {
  return verdict.verdict !== 'missing' || !['data', 'input'].includes(verdict.lacks);
}

function nothingFound(tool: Tool): Verdict {
  const needed = neededInputs(tool).join(', ') || 'a valid input';
  return { verdict: 'missing', lacks: 'input', detail: `Nothing returned ${needed}. Give it with --inputs.` };
}

async function verdictOn(
  tool: Tool,
  input: Record<string, unknown>,
  { identifier, runner, granted, rows }: Verification,
): Promise<Verdict> {
  try {
    const output = await runner.run(tool, { identifier, input });
    rows.push(...answerRows(tool, input, output));
    return outputVerdict(tool, output);
  } catch (error) {
    return errorVerdict(tool, error, granted);
  }
}

function outputVerdict({ list }: Tool, output: unknown): Verdict {
  if (!list) return { verdict: 'right', seen: 'one object' };
  const items: unknown = Object(output)[list.key];
  const count = Array.isArray(items) ? items.length : 0;
  return count > 0
    ? { verdict: 'right', seen: `${count} ${list.key}` }
    : { verdict: 'missing', lacks: 'data', detail: `There are no ${list.key}, so none was checked.` };
}
