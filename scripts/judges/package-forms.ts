import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { Finding } from './compare-findings.ts';
import type { Judge } from './judge.ts';
import { runProgram } from './run-program.ts';

const Messages = z.object({
  messages: z.array(z.object({ code: z.string(), path: z.array(z.coerce.string()), type: z.string() })),
});
const Problem = z.looseObject({
  kind: z.string(),
  entrypoint: z.string().optional(),
  resolutionKind: z.string().optional(),
});
const Report = z.object({ problems: z.record(z.string(), z.array(Problem)) });

/**
 * Checks that other projects can import the packed library: https://publint.dev/rules and
 * https://arethetypeswrong.github.io
 */
export const judgePackageForms: Judge = async ({ packages, packed, folder }) => {
  const library = await packed();
  return {
    judged: 'the packed library, publint and attw',
    findings: [
      ...(await publintFindings(packages, library.folder)),
      ...(await attwFindings(packages, library.tarball, folder)),
    ],
  };
};

async function publintFindings(packages: string, pkgDir: string): Promise<Finding[]> {
  const { publint } = await import(
    pathToFileURL(join(packages, 'node_modules/publint/src/index-node.js')).href
  );
  const { messages } = Messages.parse(await publint({ pkgDir, pack: false, strict: true }));
  return messages.map(({ code, path, type }) => ({
    finding: `publint ${code}: ${path.join('.')}`,
    detail: type,
  }));
}

async function attwFindings(packages: string, tarball: string, cwd: string): Promise<Finding[]> {
  const program = join(packages, 'node_modules/.bin/attw');
  const { stdout, stderr } = await runProgram(program, [tarball, '--format', 'json'], { cwd });
  if (!stdout.startsWith('{')) throw new Error(`attw did not run.\n${stderr}${stdout}`);
  const { problems } = Report.parse(JSON.parse(stdout));
  return Object.values(problems)
    .flat()
    .map(({ kind, entrypoint, resolutionKind, ...rest }) => ({
      finding: `attw ${kind}: ${[entrypoint, resolutionKind].filter(Boolean).join(', ')}`,
      detail: JSON.stringify(rest),
    }));
}
