// Tells whether another version of the Scalekit SDK says the same on the wire as lib/scalekit/scalekit-api.ts does in its place.
import { rmSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CheckError } from './sdk-check/check-error.ts';
import { copyProject, pinnedVersion } from './sdk-check/copy-project.ts';
import { describeResults, isSame } from './sdk-check/describe-results.ts';
import { installSdk } from './sdk-check/install-sdk.ts';
import { runWireTests } from './sdk-check/run-wire-tests.ts';
import { SDK } from './sdk-check/sdk-package.ts';

const PROJECT = join(import.meta.dirname, '..');
const USAGE = 'Usage: npm run sdk:check -- <version, range, tag or tarball> [--keep]';
const EXIT = { same: 0, differs: 1, notChecked: 2, interrupted: 130 };

const interruption = new AbortController();
// Again and again: npm passes on what the terminal has sent already.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort());

try {
  process.exitCode = await checkSdk(readArguments());
} catch (error) {
  if (interruption.signal.aborted) {
    process.exitCode = EXIT.interrupted;
  } else {
    process.exitCode = EXIT.notChecked;
    console.error(error instanceof CheckError ? error.message : error);
  }
}

async function checkSdk({ wanted, keep }: { wanted: string; keep: boolean }): Promise<number> {
  const { signal } = interruption;
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sdk-check-')));
  process.once('exit', () => {
    if (keep) console.log(`\nKept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  const version = await installSdk(wanted, { project: PROJECT, folder, signal });
  console.log(`${SDK} ${version}; this project is pinned to ${await pinnedVersion(PROJECT)}.\n`);
  await copyProject(version, { project: PROJECT, folder });
  const results = await runWireTests(folder, signal);
  console.log(describeResults(results));
  return isSame(results) ? EXIT.same : EXIT.differs;
}

function readArguments(): { wanted: string; keep: boolean } {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { keep: { type: 'boolean', default: false } },
    });
    const [wanted, ...others] = positionals;
    if (wanted && others.length === 0) return { wanted, keep: values.keep };
  } catch {
    // An unknown option.
  }
  throw new CheckError(USAGE);
}
