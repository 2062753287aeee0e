// Runs the judges: programs of other authors that check this project. CONTRIBUTING.md describes the judges.
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../local/command-line/usage-error.ts';
import { ACCEPTED_FINDINGS } from './judges/accepted-findings.ts';
import { compareFindings } from './judges/compare-findings.ts';
import { judgeConsumer } from './judges/consumer.ts';
import { fuzzWith } from './judges/fuzz.ts';
import { judgeGeneratedClient } from './judges/generated-client.ts';
import { installPackages } from './judges/install-packages.ts';
import type { Judge, JudgeContext, PackedLibrary } from './judges/judge.ts';
import { judgeLicences } from './judges/licences.ts';
import { judgeMcp } from './judges/mcp-conformance.ts';
import { judgeOpenApi } from './judges/open-api-rules.ts';
import { judgePackageForms } from './judges/package-forms.ts';
import { packLibrary } from './judges/packed-library.ts';
import { type JudgesOptions, readJudgesOptions } from './judges/read-judges-options.ts';
import { describeFaults, tableOf, type Verdict } from './judges/report.ts';
import { judgeTemplate } from './judges/template.ts';

const PROJECT = join(import.meta.dirname, '..');
// The number of judges that run at the same time. Two judges keep two processors busy.
const AT_ONCE = 2;

// The slowest judge comes first.
const JUDGES: Readonly<Record<string, (options: JudgesOptions) => Judge>> = {
  template: () => judgeTemplate,
  fuzzer: ({ fuzz }) => fuzzWith(fuzz),
  'MCP conformance': () => judgeMcp,
  'package forms': () => judgePackageForms,
  'consumer types': () => judgeConsumer,
  'OpenAPI rules': () => judgeOpenApi,
  'generated client': () => judgeGeneratedClient,
  licences: () => judgeLicences,
};

try {
  const verdicts = await judgeProject(readJudgesOptions(process.argv.slice(2), Object.keys(JUDGES)));
  console.log(`\n${tableOf(verdicts)}`);
  const faults = describeFaults(verdicts);
  if (faults !== '') {
    process.exitCode = 1;
    console.error(`\n${faults}`);
  }
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof UsageError ? error.message : error);
}

async function judgeProject(options: JudgesOptions): Promise<Verdict[]> {
  const packages = await installPackages(PROJECT);
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'judges-')));
  let packing: Promise<PackedLibrary> | undefined;
  const packed = () => {
    packing ??= packLibrary(join(scratch, 'packed'));
    return packing;
  };
  const waiting = Object.entries(JUDGES).filter(([name]) => options.names.includes(name));
  const verdicts: Verdict[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, judge] = next;
      const folder = join(scratch, name.replaceAll(' ', '-'));
      await mkdir(folder);
      const context = { project: PROJECT, packages, folder, packed };
      verdicts.push(await verdictOf(name, judge(options), context));
      console.log(`${name}: done`);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await rm(scratch, { recursive: true });
  }
  return verdicts;
}

async function verdictOf(name: string, judge: Judge, context: JudgeContext): Promise<Verdict> {
  const startedAtMs = performance.now();
  const seconds = () => (performance.now() - startedAtMs) / 1_000;
  try {
    const { judged, findings } = await judge(context);
    const comparison = compareFindings(findings, ACCEPTED_FINDINGS[name] ?? []);
    return { name, seconds: seconds(), judged, findings: findings.length, comparison, isBroken: false };
  } catch (error) {
    const judged = error instanceof Error ? error.message : String(error);
    const comparison = { unaccepted: [], outdated: [] };
    return { name, seconds: seconds(), judged, findings: 0, comparison, isBroken: true };
  }
}
