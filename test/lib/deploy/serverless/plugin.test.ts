import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as deployment from '../../../../lib/deploy/serverless/deployment.js';
import DeploymentChecks from '../../../../lib/deploy/serverless/plugin.js';

/** Loads the plugin into a Serverless whose schema knows these properties. */
function definedBeside(properties: object): [name: string, schema: object][] {
  const defined: [string, object][] = [];
  const serverless = {
    processedInput: { commands: ['package'] },
    configSchemaHandler: {
      schema: { properties },
      defineTopLevelProperty: (name: string, schema: object) => void defined.push([name, schema]),
    },
    classes: { Error },
    pluginManager: { spawn: async () => {} },
    service: {
      custom: { deployment: { stackName: 'tools-dev', settingFaults: [], settingWarnings: [] } },
      provider: { region: 'eu-west-1', compiledCloudFormationTemplate: { Resources: {} } },
    },
  };
  new DeploymentChecks(serverless, {}, { log: { notice: () => {}, warning: () => {} }, writeText: () => {} });
  return defined;
}

test('`build` is known to every Serverless, and defined once', () => {
  expect(definedBeside({ service: {} })).toEqual([['build', { type: 'object' }]]);
  // Serverless 4 refuses a property that is defined twice.
  expect(definedBeside({ service: {}, build: {} })).toEqual([]);
});

test('the bundler of Serverless 4 is off, because it does not start together with serverless-esbuild', async () => {
  const yaml = await readFile(join(import.meta.dirname, '../../../../serverless.yml'), 'utf8');

  expect(yaml).toMatch(/^plugins:\n {2}- serverless-esbuild\n/m);
  expect(yaml).toMatch(/^build:\n {2}esbuild: false\n/m);
});

test('serverless.yml names the one export of its configuration', async () => {
  // Serverless 4 would look for the named property in a default export, and would not find it.
  expect(Object.keys(deployment)).toEqual(['deployment']);
});
