import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as deployment from '../../../../lib/deploy/serverless/deployment.js';
import DeploymentChecks from '../../../../lib/deploy/serverless/plugin.js';

/**
 * Loads the plugin into a Serverless whose schema already has these properties. Returns the properties that the
 * plugin adds.
 */
function definedBeside(properties: object): [name: string, schema: object][] {
  const defined: [string, object][] = [];
  const serverless = {
    processedInput: { commands: ['package'] },
    configurationInput: {},
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

test('the plugin defines the property `build` only if Serverless has not defined it', () => {
  expect(definedBeside({ service: {} })).toEqual([['build', { type: 'object' }]]);
  // Serverless 4 rejects a property that is defined twice.
  expect(definedBeside({ service: {}, build: {} })).toEqual([]);
});

test('serverless.yml turns off the bundler of Serverless 4, which does not work together with serverless-esbuild', async () => {
  const yaml = await readFile(join(import.meta.dirname, '../../../../serverless.yml'), 'utf8');

  expect(yaml).toMatch(/^plugins:\n {2}- serverless-esbuild\n/m);
  expect(yaml).toMatch(/^build:\n {2}esbuild: false\n/m);
});

test('the file that serverless.yml imports has only the export `deployment`', async () => {
  // With a default export, Serverless 4 would look for the name `deployment` in that export.
  expect(Object.keys(deployment)).toEqual(['deployment']);
});
