// A Serverless plugin. It rejects a deployment that could not work, and warns about settings that give too much
// access. It also reports how full the CloudFormation stack is, adds `serverless plan`, a dry run, and removes temporary
// files of serverless-esbuild.
import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unknownParameterFault } from '../parameters.ts';
import { describeStack } from '../stack/describe-stack.ts';
import { stackSize } from '../stack/stack-size.ts';

export default class DeploymentChecks {
  /**
   * @param {{
   *   processedInput: { commands: string[] },
   *   configurationInput: { params?: Record<string, object> },
   *   configSchemaHandler: {
   *     schema: { properties: object },
   *     defineTopLevelProperty(name: string, schema: object): void,
   *   },
   *   classes: { Error: new (message: string, code: string) => Error },
   *   pluginManager: { spawn(command: string): Promise<void> },
   *   service: {
   *     custom: {
   *       deployment: {
   *         stackName: string,
   *         settingFaults: import('./setting-faults.ts').DeploymentFault[],
   *         settingWarnings: string[],
   *       },
   *     },
   *     provider: { region: string, compiledCloudFormationTemplate: { Resources: object } },
   *   },
   * }} serverless
   * @param {{ param?: string[] }} options
   * @param {{ log: { notice(text: string): void, warning(text: string): void }, writeText(text: string): void }} utils
   */
  constructor(serverless, options, { log, writeText }) {
    // Only Serverless 4 knows the property `build` of serverless.yml. We define it for Serverless 3, which would
    // otherwise reject the file.
    if (!('build' in serverless.configSchemaHandler.schema.properties)) {
      serverless.configSchemaHandler.defineTopLevelProperty('build', { type: 'object' });
    }

    /** @param {string} message */
    const refuse = (message) => {
      throw new serverless.classes.Error(message, 'DEPLOYMENT_REFUSED');
    };
    /** @param {import('./setting-faults.ts').DeploymentFault[]} faults */
    const describe = (faults) =>
      faults
        .map(({ setting, problem, holds }) => `${setting} ${problem}; it should hold ${holds}.`)
        .join('\n');

    this.commands = {
      plan: {
        usage: 'Print what a deployment would create, and which settings it still needs. Changes nothing.',
        lifecycleEvents: ['print'],
      },
    };

    this.hooks = {
      'before:package:cleanup': () => {
        const declared = Object.values(serverless.configurationInput.params ?? {}).flatMap(Object.keys);
        const unknown = unknownParameterFault(options.param ?? [], declared);
        if (unknown) refuse(unknown);
        const deploys = serverless.processedInput.commands.includes('deploy');
        const { settingFaults, settingWarnings } = serverless.service.custom.deployment;
        for (const warning of settingWarnings) log.warning(warning);
        // A missing setting stops a deployment, but not `package`. A malformed setting stops both.
        const faults = settingFaults.filter(({ problem }) => deploys || problem !== 'is not set');
        if (faults.length > 0) refuse(describe(faults));
      },
      'after:package:createDeploymentArtifacts': removeCopies,
      'after:package:finalize': () => {
        const { Resources } = serverless.service.provider.compiledCloudFormationTemplate;
        const { summary, fault } = stackSize(Resources);
        if (fault) refuse(fault);
        log.notice(summary);
      },
      'plan:print': async () => {
        await serverless.pluginManager.spawn('package');
        const { provider, custom } = serverless.service;
        const { stackName, settingFaults } = custom.deployment;
        writeText(
          describeStack(stackName, provider.region, provider.compiledCloudFormationTemplate.Resources),
        );
        writeText(
          settingFaults.length > 0
            ? `\nA deployment needs these settings first:\n${describe(settingFaults)}`
            : '\nAll settings that a deployment needs are there.',
        );
      },
    };
  }
}

/**
 * Removes the copies of the bundles. serverless-esbuild copies each bundle to the folder for temporary files, and then
 * fails to delete the copy. Without this function, each packaging of 45 tools would leave 16 MB there.
 * https://github.com/floydspace/serverless-esbuild/blob/master/src/utils/effect-fs.ts
 */
function removeCopies() {
  const copy = new RegExp(`-${process.pid}-\\d+-[0-9a-f]{8}$`);
  for (const name of readdirSync(tmpdir())) {
    if (copy.test(name)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
