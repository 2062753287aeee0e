import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Finding } from './compare-findings.ts';
import type { Judge } from './judge.ts';
import { runProgram, runToSuccess } from './run-program.ts';

const Template = z.object({ Resources: z.record(z.string(), z.unknown()) });
const Report = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(
        z.object({
          ruleName: z.string(),
          description: z.string(),
          violatingConstructs: z.array(z.object({ constructPath: z.string() })),
        }),
      ),
    }),
  ),
});

/**
 * Checks the packaged CloudFormation template with rules for AWS:
 * https://github.com/cdklabs/cdk-nag/blob/main/RULES.md
 */
export const judgeTemplate: Judge = async ({ project, packages, folder }) => {
  const packaged = join(folder, 'packaged');
  const serverless = join(project, 'node_modules/.bin/serverless');
  await runToSuccess(serverless, ['package', '--stage', 'prod', '--package', packaged], { cwd: project });
  const file = join(packaged, 'cloudformation-template-update-stack.json');
  const { Resources } = Template.parse(JSON.parse(await readFile(file, 'utf8')));

  const assembly = join(folder, 'assembly');
  const program = join(import.meta.dirname, 'template-rules-process.ts');
  // We ignore the exit code, because the program also fails if it reports findings.
  const { stderr } = await runProgram(process.execPath, [program, packages, file, assembly], { cwd: folder });
  const report = await readFile(join(assembly, 'validation-report.json'), 'utf8').catch(() => {
    throw new Error(`The rules did not run.\n${stderr}`);
  });
  const { pluginReports } = Report.parse(JSON.parse(report));
  return {
    judged: `${Object.keys(Resources).length} resources, ${pluginReports.map((plugin) => plugin.pluginName).join(' and ')}`,
    findings: pluginReports.flatMap(({ violations }) => violations.flatMap(findingsOf)),
  };
};

type Violation = z.output<typeof Report>['pluginReports'][number]['violations'][number];

function findingsOf({ ruleName, description, violatingConstructs }: Violation): Finding[] {
  return violatingConstructs.map(({ constructPath }) => ({
    finding: `${ruleName}: ${constructPath.split('/').at(-1)}`,
    detail: description,
  }));
}
