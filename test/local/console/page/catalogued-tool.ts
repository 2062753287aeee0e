import type { CataloguedTool } from '../../../../local/console/console-api.ts';
import type { ObjectSchema } from '../../../../local/console/page/tools/schema-words.ts';

const EMPTY: ObjectSchema = { type: 'object', properties: {} };

/** Creates a tool with the fields that the console's catalogue has. */
export function cataloguedTool(name: string, changes: Partial<CataloguedTool> = {}): CataloguedTool {
  const [connector = ''] = name.split('_');
  return {
    name,
    title: name,
    description: '',
    inputSchema: EMPTY,
    outputSchema: EMPTY,
    annotations: { readOnlyHint: true, destructiveHint: false },
    connector,
    effect: 'read',
    scopes: [],
    file: `functions/${connector}/tool.ts`,
    exampleInputs: [],
    ...changes,
  };
}
