import { CONNECTOR_NAME } from '../../lib/contract/define-connector.ts';
import { TOOL_NAME, TOOL_NAME_LENGTH_MAX } from '../../lib/contract/define-tool.ts';
import { UsageError } from '../../local/command-line/usage-error.ts';
import { prebuiltNameFault } from '../authoring/prebuilt-tool-names.ts';
import type { ProjectState } from './project-state.ts';

/** @throws UsageError with the reason, if the tool cannot have this name */
export function assertNewTool(connector: string, verbObject: string, state: ProjectState): void {
  if (!state.connectors.has(connector)) {
    throw new UsageError(
      `There is no connector ${connector}; there are ${[...state.connectors.keys()].join(', ')}. To add it: npm run new -- connector ${connector}`,
    );
  }
  const name = `${connector}_${verbObject}`;
  if (!TOOL_NAME.test(verbObject) || !TOOL_NAME.test(name))
    throw new UsageError(
      `"${verbObject}" must be a verb and an object in lower snake case, such as list_starred.`,
    );
  if (name.length > TOOL_NAME_LENGTH_MAX)
    throw new UsageError(
      `${name} has ${name.length} characters, of at most ${TOOL_NAME_LENGTH_MAX}, since agents cut longer names. Shorten it.`,
    );
  if (state.toolNames.has(name))
    throw new UsageError(`There is a tool ${name} already. Choose another name.`);
  const prebuilt = prebuiltNameFault(name);
  if (prebuilt !== undefined) throw new UsageError(prebuilt);
}

/** @throws UsageError with the reason, if the connector cannot have this name */
export function assertNewConnector(name: string, { connectors }: ProjectState): void {
  if (!CONNECTOR_NAME.test(name) || name === 'connector')
    throw new UsageError(
      `"${name}" must be lower snake case, such as my_crm, as Scalekit names the connector.`,
    );
  if (connectors.has(name)) throw new UsageError(`There is a connector ${name} already.`);
}
