import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { SECRET_ARN, startSecretsManager } from '../local/secrets-manager/start-secrets-manager.ts';
import { parseMarkdown } from './support/document/markdown-document.ts';
import { hasTools } from './support/project-tools.ts';
import { runZips } from './support/run-zip.ts';
import { startStackForTest } from './support/start-stack-for-test.ts';
import { limitFaults } from './support/template/limit-faults.ts';
import { type Packaged, packageableCopy } from './support/template/package-service.ts';
import { policyFaults } from './support/template/policy-faults.ts';
import { specificationFaults } from './support/template/specification-faults.ts';
import { ofType } from './support/template/template.ts';

// This file tests the steps of “First deployment” in the runbook that need no AWS account.
const TIMEOUT_MS = 120_000;
const TOOLS = ['gmail_list_filters', 'gmail_list_unread', 'slack_send_message'];

const runbook = await readFile(join(import.meta.dirname, '../docs/runbook.md'), 'utf8');
const [, section = ''] = /^## First deployment\n(.*?)^## /ms.exec(runbook) ?? [];
const lines = parseMarkdown('docs/runbook.md', section)
  .fences.filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.trim().split('\n'));
// The AWS CLI, Serverless and doctor need the region. The tools do not have it as a setting.
const isRegion = (line: string) => line === 'export AWS_REGION=eu-west-1';
const isSetting = (line: string) => line.startsWith('export ');
const scopesCommand = `npm run scopes -- --tools ${TOOLS.join(',')}`;
// These commands only print information.
const isForReading = (line: string) => ['npx serverless plan', scopesCommand].includes(line);
const settings = Object.fromEntries(
  lines
    .filter((line) => isSetting(line) && !isRegion(line))
    .map((line) => line.replace('export ', '').split('=')),
);
const commands = lines.filter((line) => !isSetting(line) && !isForReading(line));
const lambdaCall = /--function-name (\S+) .*--payload '([^']+)'/;

describe.skipIf(!hasTools(...TOOLS))('the first deployment', () => {
  let project: Awaited<ReturnType<typeof packageableCopy>>;
  beforeAll(async () => {
    project = await packageableCopy();
  }, TIMEOUT_MS);
  afterAll(() => project.remove());

  test('needs five commands, four settings, and the region in one place', () => {
    expect(commands).toHaveLength(5);
    expect(Object.keys(settings)).toHaveLength(4);
    expect(lines.filter(isRegion)).toHaveLength(1);
    expect(commands.join('\n')).not.toContain('--region');
  });

  test('lists only the scopes of the deployed tools', () => {
    expect(lines).toContain(scopesCommand);
  });

  test(
    'reports in its dry run exactly the settings in the runbook',
    async () => {
      const { code, output } = await project.serverless({ stage: 'dev', isBundled: false }, 'plan');

      expect(code, output).toBe(0);
      expect(
        [...output.matchAll(/^(\w+) is not set; it should hold /gm)].map(([, name]) => name).sort(),
      ).toEqual(Object.keys(settings).sort());
    },
    TIMEOUT_MS,
  );

  test(
    'prints each resource in a dry run',
    async () => {
      const { code, output } = await project.serverless({ stage: 'dev', settings, isBundled: false }, 'plan');

      expect(code, output).toBe(0);
      expect(output).toContain('All settings that a deployment needs are there.');
      for (const tool of TOOLS) {
        expect(output).toContain(`  POST /tools/${tool} (AWS_IAM)\n`);
        expect(output).toContain(`  scalekit-lambda-tools-dev-${tool}\n`);
      }
      for (const resource of [
        'AWS::DynamoDB::Table (1)\n  IdempotencyTable\n',
        '  ReadRole\n',
        '  WriteRole\n',
      ])
        expect(output).toContain(resource);
    },
    TIMEOUT_MS,
  );

  test(
    'rejects a secret of another region in a dry run',
    async () => {
      const elsewhere = { ...settings, AWS_REGION: 'us-east-1' };
      const { code, output } = await project.serverless({ stage: 'dev', settings: elsewhere }, 'plan');

      expect(code).not.toBe(0);
      expect(output).toContain(
        'SCALEKIT_CLIENT_SECRET_ARN is of eu-west-1, but the stack is of us-east-1; it should hold an ARN of us-east-1; to deploy to eu-west-1 instead, set AWS_REGION.',
      );
    },
    TIMEOUT_MS,
  );

  test(
    'prints the usage of the dry run',
    async () => {
      const { output } = await project.run(
        join(project.copy, 'node_modules/.bin/serverless'),
        'plan',
        '--help',
      );

      expect(output).toContain('Print what a deployment would create');
    },
    TIMEOUT_MS,
  );

  describe('after packaging', () => {
    let packaged: Packaged;
    let stack: Awaited<ReturnType<typeof startStackForTest>>;
    beforeAll(async () => {
      stack = await startStackForTest();
      const emulated = { SCALEKIT_ENV_URL: stack.scalekit.url, SCALEKIT_CLIENT_ID: stack.scalekit.clientId };
      packaged = await project.package({
        stage: 'dev',
        settings: { ...settings, ...emulated, SCALEKIT_CLIENT_SECRET_ARN: SECRET_ARN },
      });
    }, TIMEOUT_MS);
    afterAll(() => stack.close());

    test('has three tools with IAM authorization, and neither a gateway nor alarms', () => {
      const { template, json } = packaged;

      const named = [...ofType(template, 'AWS::Lambda::Function').values()].map(({ FunctionName }) =>
        String(FunctionName).replace('scalekit-lambda-tools-dev-', ''),
      );
      expect(named).toEqual([...TOOLS, 'discovery', 'mcp', 'accounts']);
      for (const { AuthorizationType } of ofType(template, 'AWS::ApiGatewayV2::Route').values())
        expect(AuthorizationType).toBe('AWS_IAM');
      expect(json).not.toMatch(/AWS::BedrockAgentCore|AWS::CloudWatch::Alarm|AWS::Logs::MetricFilter/);
      expect(specificationFaults(template)).toEqual([]);
      expect(limitFaults(template, json)).toEqual([]);
      expect(policyFaults(template)).toEqual([]);
    });

    /** Invokes a function from its zip file, with the environment variables that the template sets. */
    async function invoke(functionName: string, event: unknown) {
      const lambda = [...ofType(packaged.template, 'AWS::Lambda::Function').values()].find(
        (candidate) => candidate.FunctionName === functionName,
      );
      const { Handler, Environment } = Packed.parse(lambda);
      const zip = join(
        project.copy,
        '.serverless',
        `${functionName.replace('scalekit-lambda-tools-dev-', '')}.zip`,
      );
      const secretsManager = await startSecretsManager(stack.scalekit.clientSecret);
      const { answers } = await runZips(project.folder, [{ zip, handler: Handler }], event, {
        ...Environment.Variables,
        ...secretsManager.variables,
      }).finally(() => secretsManager.close());
      return answers[0];
    }

    test('returns a consent link for the first call, and mails after the account is ACTIVE', async () => {
      const calls = commands.flatMap((line) => {
        const [, functionName = '', payload] = lambdaCall.exec(line) ?? [];
        return payload === undefined ? [] : [{ functionName, event: Call.parse(JSON.parse(payload)) }];
      });
      expect(calls).toHaveLength(2);
      const [first, second] = calls;

      const refusal = await invoke(first?.functionName ?? '', first?.event);
      const answer = await invoke(second?.functionName ?? '', { ...second?.event, identifier: 'user_ada' });

      expect(refusal).toMatchObject({
        error: { code: 'authorization_required', authorization_url: expect.stringMatching(/^http/) },
      });
      expect(answer).toMatchObject({ messages: [{ id: expect.any(String) }, {}], count: 2 });
    }, 60_000);
  });
});

const Packed = z.object({
  Handler: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});
const Call = z.object({
  tool: z.string(),
  identifier: z.string(),
  input: z.object({ max_results: z.number() }),
});
