import { glob, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { DiscoveredTool } from '../../lib/deploy/discover-tools.ts';
import { FixtureSchema } from '../../local/testing/fixture-schema.ts';
import { VerifyReport } from '../../local/verify/verify-report.ts';

/**
 * Returns how a tool was checked against its provider, with the strongest check last. The result is empty if only our
 * own tests checked the tool.
 */
export type CheckedAgainst = (tool: string) => string[];

const OfficialAnswers = z.object({ officialAnswers: z.record(z.string(), z.unknown()) });
const IMPORT = /^import (?:type )?\{([^}]*)\} from '(\.[^']+)';$/gm;

/**
 * Finds out how the tools of a project were checked. There are three kinds of checks:
 * - Responses in the provider's official description (`official-answers.ts` in a connector's tests).
 * - Recorded responses of the provider (`recorded-answers.test.ts`, and fixtures recorded with `--live`).
 * - Reports of `npm run verify -- --live` in `docs/live-runs/`.
 * @param project an absolute path
 */
export async function readCheckedAgainst(
  project: string,
  tools: readonly DiscoveredTool[],
): Promise<CheckedAgainst> {
  const official = await officiallyAnswered(project);
  const recorded = new Set([
    ...(await recordedFixtures(project)),
    ...(await recordedSchemas(project, tools)),
  ]);
  const live = await liveRuns(project);
  return (tool) => [
    ...(official.has(tool) ? ['official description'] : []),
    ...(recorded.has(tool) ? ['recorded answers'] : []),
    ...(live.has(tool) ? [`live run of ${live.get(tool)}`] : []),
  ];
}

async function officiallyAnswered(project: string): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const file of glob('functions/*/test/official-answers.ts', { cwd: project })) {
    const { officialAnswers } = OfficialAnswers.parse(await import(pathToFileURL(join(project, file)).href));
    for (const name of Object.keys(officialAnswers)) names.add(name);
  }
  return names;
}

async function recordedFixtures(project: string): Promise<string[]> {
  const names: string[] = [];
  for await (const file of glob('functions/*/test/fixtures/*.json', { cwd: project })) {
    const { tool, accounts } = FixtureSchema.parse(JSON.parse(await readFile(join(project, file), 'utf8')));
    if (accounts === 'real') names.push(tool);
  }
  return names;
}

/**
 * Returns the tools for which a test parses recorded responses. Such a test imports a response schema from the tool's
 * file, or from a shared file that the tool imports.
 */
async function recordedSchemas(project: string, tools: readonly DiscoveredTool[]): Promise<string[]> {
  const tested = new Set<string>();
  for await (const file of glob('functions/*/test/recorded-answers.test.ts', { cwd: project }))
    for (const { from, names } of await importsOf(project, file))
      if (names.some((name) => name.endsWith('Response'))) tested.add(from);
  const imported = await Promise.all(tools.map(async ({ file }) => importsOf(project, file)));
  return tools.flatMap(({ tool, file }, index) =>
    [normalize(file), ...(imported[index] ?? []).map(({ from }) => from)].some((path) => tested.has(path))
      ? [tool.name]
      : [],
  );
}

async function importsOf(project: string, file: string): Promise<{ from: string; names: string[] }[]> {
  const source = await readFile(join(project, file), 'utf8');
  return [...source.matchAll(IMPORT)].map(([, names = '', from = '']) => ({
    from: join(dirname(file), from),
    names: names.split(',').map((name) => name.trim()),
  }));
}

/** Returns the day of the last successful run of each tool on real accounts. */
async function liveRuns(project: string): Promise<Map<string, string>> {
  const days = new Map<string, string>();
  for await (const file of glob('docs/live-runs/*.json', { cwd: project })) {
    const report = VerifyReport.parse(JSON.parse(await readFile(join(project, file), 'utf8')));
    if (report.accounts !== 'real') continue;
    for (const [tool, { verdict }] of Object.entries(report.tools))
      if (verdict === 'right' && report.verified_on > (days.get(tool) ?? ''))
        days.set(tool, report.verified_on);
  }
  return days;
}
