import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyProject } from '../copy-project.ts';
import { Template } from './template.ts';

export interface Packaging {
  /** By default `prod`. */
  stage?: string;
  parameters?: Readonly<Record<string, string>>;
  /** The settings in the environment; empty by default. */
  settings?: Readonly<Record<string, string>>;
}

/** The result of `npx serverless package` in a copy of this project, or its error message. */
export interface Packaged {
  code: unknown;
  output: string;
  json: string;
  template: Template;
}

/** Returns a copy of this project that can be packaged repeatedly. */
export async function packageableCopy() {
  const project = await copyProject();
  const serverless = join(project.copy, 'node_modules/.bin/serverless');

  async function run({ stage = 'prod', parameters = {}, settings = {} }: Packaging, command = 'package') {
    const args = Object.entries(parameters).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
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
