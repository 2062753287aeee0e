import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const NAME = 'aws-lambda-ric';
const VERSION = '4.0.2';

export interface RuntimeClient {
  /** The path of the script that requests invocations. */
  script: string;
  /** The name for the report. */
  description: string;
}

/**
 * Installs the runtime client of AWS. The first time, this compiles its native part, which takes about 45 s. If the
 * installation fails, returns our replacement, which loads a function in the same way as AWS's client.
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 */
export async function installRuntimeClient(project: string): Promise<RuntimeClient> {
  const folder = join(project, 'node_modules/.cache/bench', `${NAME}-${VERSION}`);
  const installed = join(folder, 'node_modules', NAME);
  const isBuilt = () => existsSync(join(installed, 'rapid-client.node'));
  if (!isBuilt()) await install(folder);
  if (isBuilt()) return { script: join(installed, 'index.mjs'), description: `${NAME} ${VERSION}` };
  return {
    script: join(import.meta.dirname, 'plain-runtime-client.ts'),
    description: `a stand-in of our own, since ${NAME} cannot be built here (it takes Linux, cmake and a C++ compiler)`,
  };
}

async function install(folder: string): Promise<void> {
  console.log(`Installing ${NAME} ${VERSION}, which compiles for about a minute, once…`);
  await mkdir(folder, { recursive: true });
  const manifest = { private: true, dependencies: { [NAME]: VERSION }, allowScripts: { [NAME]: true } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  // We ignore a failure here. If the build failed, its file is missing, and `isBuilt` returns false.
  await promisify(execFile)('npm', ['install', '--ignore-scripts=false', '--no-audit', '--no-fund'], {
    cwd: folder,
  }).catch(() => {});
}
