import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { discoverTools } from '../lib/deploy/discover-tools.ts';
import { selectTools } from '../lib/deploy/select-tools.ts';
import packageJson from '../package.json' with { type: 'json' };
import { scalekitSettings } from './command-line/scalekit-settings.ts';
import { reportStartFailure } from './report-start-failure.ts';
import { startStack } from './start-stack.ts';
import { readVerifyOptions } from './verify/read-verify-options.ts';
import { describeVerdict, type Verdict } from './verify/verdict.ts';
import { describeCounts, type VerifyReport } from './verify/verify-report.ts';
import { verifyTools } from './verify/verify-tools.ts';

const PROJECT = join(import.meta.dirname, '..');

/** Runs the tools that only read, on the accounts of one user, and writes the results. */
async function main(): Promise<void> {
  const { identifier, live, globs, inputs, report } = await readVerifyOptions(process.argv.slice(2));
  const tools = selectTools(await discoverTools(PROJECT), globs).map(({ tool }) => tool);
  const scalekit = scalekitSettings(live);
  const stack = scalekit ? undefined : await startStack({ log: () => {} });
  const verdicts: Record<string, Verdict> = {};
  try {
    const variables = stack?.variables ?? scalekit ?? {};
    for await (const [tool, verdict] of verifyTools({ variables, identifier, tools, inputs })) {
      console.log(describeVerdict(tool.name, verdict));
      verdicts[tool.name] = verdict;
      if (verdict.verdict === 'wrong shape' || verdict.verdict === 'failed') process.exitCode = 1;
    }
  } finally {
    await stack?.close();
  }
  const written: VerifyReport = {
    version: packageJson.version,
    verified_on: new Date().toISOString().slice(0, 10),
    accounts: live ? 'real' : 'emulated',
    tools: verdicts,
  };
  await writeFile(report, `${JSON.stringify(written, null, 2)}\n`);
  console.log(
    `\n${describeCounts(Object.values(verdicts))}. ${report} can be shared: it holds no value of the accounts.`,
  );
}

await main().catch(reportStartFailure);
