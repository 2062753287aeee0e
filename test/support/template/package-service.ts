import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyProject } from '../copy-project.ts';
import { Template } from './template.ts';

export interface Packaging {
  /** The default is `prod`. */
  stage?: string;
  parameters?: Readonly<Record<string, string>>;
  /** The settings as environment variables. By default, no settings are set. */
  settings?: Readonly<Record<string, string>>;
  /** If false, Serverless makes only the template, because bundling takes most of the time. */
  isBundled?: boolean;
}

const UNBUNDLED = 'serverless-unbundled.yml';
const NO_ARTIFACT = 'no-artifact.zip';
/** With these changes of serverless.yml, Serverless makes no bundles. */
const WITHOUT_BUNDLES = [
  ['  - serverless-esbuild\n', ''],
  ['package:\n  individually: true\n', `package:\n  artifact: ${NO_ARTIFACT}\n`],
] as const;

/** The result of `npx serverless package` in a copy of this project, or the error message. */
export interface Packaged {
  code: unknown;
  output: string;
  json: string;
  template: Template;
}

/** Returns a copy of this project that can be packaged several times. */
export async function packageableCopy() {
  const project = await copyProject();
  const serverless = join(project.copy, 'node_modules/.bin/serverless');
  await writeFile(
    join(project.copy, UNBUNDLED),
    withoutBundles(await readFile(join(project.copy, 'serverless.yml'), 'utf8')),
  );
  await writeFile(join(project.copy, NO_ARTIFACT), '');

  async function run(
    { stage = 'prod', parameters = {}, settings = {}, isBundled = true }: Packaging,
    command = 'package',
  ) {
    const args = Object.entries(parameters).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
    if (!isBundled) args.push('--config', UNBUNDLED);
    return project.runWith(settings, serverless, command, '--stage', stage, ...args);
  }

  return {
    ...project,
    serverless: run,
    async package(packaging: Packaging): Promise<Packaged> {
      const { code, output } = await run(packaging);
      if (code !== 0) throw new Error(output);
      const file = join(project.copy, '.serverless/cloudformation-template-update-stack.json');
      const json = await readFile(file, 'utf8');
      return { code, output, json, template: Template.parse(JSON.parse(json)) };
    },
  };
}

function withoutBundles(configuration: string): string {
  return WITHOUT_BUNDLES.reduce((text, [part, replacement]) => {
    if (!text.includes(part)) throw new Error(`serverless.yml has no ${JSON.stringify(part)}.`);
    return text.replace(part, replacement);
  }, configuration);
}
