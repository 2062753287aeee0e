import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectTools } from '../support/project-tools.ts';
import { runScript } from '../support/run-script.ts';

// This script replaces the AWS CLI. It records its arguments, and prints the response that the test sets.
const AWS = `#!/bin/sh
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in
  *get-function-configuration*) echo "arn:aws:lambda:eu-west-1:123456789012:function:$4" ;;
  *"$FAILING"*) echo "An error occurred ($ERROR) when calling an operation" >&2; exit 254 ;;
esac
`;
const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:tools-prod-';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groups-'));
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin/aws'), AWS);
  await chmod(join(folder, 'bin/aws'), 0o755);
  const { code } = await runScript('scripts/schemas.ts', '--out', folder);
  expect(code).toBe(0);
});
afterEach(() => rm(folder, { recursive: true }));

async function addGroups(tools: readonly string[], variables: Record<string, string> = {}) {
  const calls = join(folder, 'calls');
  await writeFile(calls, '');
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    CALLS: calls,
    FAILING: 'nothing',
    ERROR: '',
    AGENT_ID: 'ABCDEFGHIJ',
    FUNCTION_NAME_PREFIX: 'tools-prod-',
    ...variables,
  };
  const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile('sh', [join(folder, 'bedrock/add-groups.sh'), ...tools], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
  return { code, output, calls: (await readFile(calls, 'utf8')).trim().split('\n') };
}

const names = projectTools.slice(0, 2).map(({ name }) => name);

test('the script adds the permission and the action group of each tool, then prepares the agent', async () => {
  const { code, calls } = await addGroups(names);

  expect(code).toBe(0);
  expect(calls).toEqual([
    ...names.flatMap((name) => [
      `lambda get-function-configuration --function-name tools-prod-${name} --query FunctionArn --output text`,
      `lambda add-permission --function-name ${ARN}${name} --statement-id agent-ABCDEFGHIJ --action lambda:InvokeFunction --principal bedrock.amazonaws.com --source-account 123456789012 --source-arn arn:aws:bedrock:eu-west-1:123456789012:agent/ABCDEFGHIJ`,
      `bedrock-agent create-agent-action-group --agent-id ABCDEFGHIJ --agent-version DRAFT --action-group-executor lambda=${ARN}${name} --cli-input-json file://${folder}/bedrock/groups/${name}.json`,
    ]),
    'bedrock-agent prepare-agent --agent-id ABCDEFGHIJ',
  ]);
});

test('the script does not change permissions and action groups that exist already', async () => {
  const { code, output, calls } = await addGroups(names, {
    FAILING: 'add-permission',
    ERROR: 'ResourceConflictException',
  });

  expect(code).toBe(0);
  expect(output).toContain(`${names[0]}: add-permission was done before.`);
  expect(calls.at(-1)).toContain('prepare-agent');
});

test('the script stops after any other error', async () => {
  const { code, output, calls } = await addGroups(names, {
    FAILING: 'create-agent-action-group',
    ERROR: 'AccessDeniedException',
  });

  expect(code).toBe(1);
  expect(output).toContain('AccessDeniedException');
  expect(calls.at(-1)).toContain('create-agent-action-group');
});

test.each([
  [[], {}, 'Name the tools to add'],
  [['gmial_list'], {}, 'There is no tool gmial_list.'],
  [names, { AGENT_ID: '' }, 'AGENT_ID'],
  [names, { FUNCTION_NAME_PREFIX: '' }, 'FUNCTION_NAME_PREFIX'],
])(
  'the script rejects the arguments %j with the variables %j before the first request',
  async (tools, variables, message) => {
    const { code, output, calls } = await addGroups(tools, variables);

    expect(code).not.toBe(0);
    expect(output).toContain(message);
    expect(calls).toEqual(['']);
  },
);
