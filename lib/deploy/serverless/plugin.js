// A Serverless plugin. It rejects a deployment that could not work, warns of one that is too open, and reports how full
// the stack is.
import { stackSize } from '../stack/stack-size.ts';

export default class DeploymentChecks {
  /**
   * @param {{
   *   processedInput: { commands: string[] },
   *   classes: { Error: new (message: string, code: string) => Error },
   *   service: {
   *     custom: {
   *       deployment: {
   *         settingFaults: import('./setting-faults.ts').DeploymentFault[],
   *         settingWarnings: string[],
   *       },
   *     },
   *     provider: { compiledCloudFormationTemplate: { Resources: object } },
   *   },
   * }} serverless
   * @param {object} _options
   * @param {{ log: { notice(text: string): void, warning(text: string): void } }} utils
   */
  constructor(serverless, _options, { log }) {
    /** @param {string} message */
    const refuse = (message) => {
      throw new serverless.classes.Error(message, 'DEPLOYMENT_REFUSED');
    };

    this.hooks = {
      'before:package:cleanup': () => {
        const deploys = serverless.processedInput.commands.includes('deploy');
        const { settingFaults, settingWarnings } = serverless.service.custom.deployment;
        for (const warning of settingWarnings) log.warning(warning);
        // Packaging works without settings, but not with wrong ones.
        const faults = settingFaults.filter(({ problem }) => deploys || problem !== 'is not set');
        if (faults.length === 0) return;
        refuse(
          faults
            .map(({ setting, problem, holds }) => `${setting} ${problem}; it should hold ${holds}.`)
            .join('\n'),
        );
      },
      'after:package:finalize': () => {
        const { Resources } = serverless.service.provider.compiledCloudFormationTemplate;
        const { told, fault } = stackSize(Resources);
        if (fault) refuse(fault);
        log.notice(told);
      },
    };
  }
}
