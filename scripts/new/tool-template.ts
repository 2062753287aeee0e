import { inspect } from 'node:util';
import type { Effect } from '../../lib/contract/define-tool.ts';

export interface NewTool {
  connector: string;
  /** The name of the connector's export. */
  connectorExport: string;
  /** The full name, such as `gmail_list_starred`. */
  name: string;
  effect: Effect;
  isList: boolean;
}

interface Shape {
  imports: string;
  schemas: string;
  contract: string;
  run: string;
  /** The source of the function that maps the response to the output. */
  mapping: string;
}

const THING_RESPONSE = `// The fields that this tool uses of the provider's response.
const ThingResponse = z.object({ id: id(), title: z.string() });`;
const THING_OUTPUT = 'const ThingOutput = z.strictObject({ id: id(), title: text(200) });';
const TO_THING = `
function toThing({ id, title }: z.output<typeof ThingResponse>): z.input<typeof ThingOutput> {
  return { id, title };
}
`;
const LINK =
  '// To do: link the documentation of this call, such as https://developers.example.com/reference';

const LIST: Shape = {
  imports: 'defineTool, id, path, text',
  schemas: `${THING_RESPONSE}
const ThingListResponse = z.object({ things: z.array(ThingResponse), next: z.string().optional() });

${THING_OUTPUT}`,
  contract: `list: { key: 'things', item: ThingOutput, default: 10, maximum: 100 },
  examples: [
    {
      input: { max_results: 1 },
      output: { things: [{ id: 't1', title: 'A thing' }], count: 1, next_cursor: null, omitted: 0 },
    },
  ],`,
  run: `async run({ page }, { api }) {
    ${LINK}
    const { body } = await api.get(path\`/v1/things\`, {
      query: { limit: page.size, after: page.cursor },
      response: ThingListResponse,
    });
    return { items: body.things.map(toThing), next: body.next };
  },`,
  mapping: TO_THING,
};

const THING_ID = `thing_id: z.string().min(1).describe('To do: say which thing, and which tool returns its ID or which link people paste.')`;
const TITLE = `title: z.string().min(1).max(200).describe('To do: say what the model fills in.')`;
const WRITE_RESPONSE = `// The fields that this tool uses of the provider's response.
const ThingResponse = z.object({ id: id() });`;

/** The inputs of the example in each template. A list has another input. */
const EXAMPLE_INPUTS: Readonly<Record<Effect, Readonly<Record<string, string>>>> = {
  read: { thing_id: 't1' },
  create: { title: 'A thing' },
  update: { thing_id: 't1', title: 'A thing' },
  delete: { thing_id: 't1' },
};

/** Returns an input that is valid for a new tool. */
export function exampleInput({ effect, isList }: Pick<NewTool, 'effect' | 'isList'>): object {
  return isList ? { max_results: 5 } : EXAMPLE_INPUTS[effect];
}

const SHAPES: Record<Effect, Shape> = {
  read: {
    imports: 'defineTool, id, path, text',
    schemas: `${THING_RESPONSE}

${THING_OUTPUT}`,
    contract: `input: {
    ${THING_ID},
  },
  output: ThingOutput.shape,
  examples: [{ input: ${inspect(EXAMPLE_INPUTS.read)}, output: { id: 't1', title: 'A thing' } }],`,
    run: `async run({ thing_id }, { api }) {
    ${LINK}
    const { body } = await api.get(path\`/v1/things/\${thing_id}\`, { response: ThingResponse });
    return toThing(body);
  },`,
    mapping: TO_THING,
  },
  create: {
    imports: 'defineTool, id, path',
    schemas: WRITE_RESPONSE,
    contract: `input: {
    ${TITLE},
  },
  output: { id: id() },
  examples: [{ input: ${inspect(EXAMPLE_INPUTS.create)}, output: { id: 't1' } }],`,
    run: `async run({ title }, { api }) {
    ${LINK}
    const { body } = await api.post(path\`/v1/things\`, { json: { title }, response: ThingResponse });
    return { id: body.id };
  },`,
    mapping: '',
  },
  update: {
    imports: 'defineTool, id, path',
    schemas: WRITE_RESPONSE,
    contract: `input: {
    ${THING_ID},
    ${TITLE},
  },
  output: { id: id() },
  examples: [{ input: ${inspect(EXAMPLE_INPUTS.update)}, output: { id: 't1' } }],`,
    run: `async run({ thing_id, title }, { api }) {
    ${LINK}
    const { body } = await api.patch(path\`/v1/things/\${thing_id}\`, { json: { title }, response: ThingResponse });
    return { id: body.id };
  },`,
    mapping: '',
  },
  delete: {
    imports: 'defineTool, id, path',
    schemas: '',
    contract: `input: {
    ${THING_ID},
  },
  output: { id: id() },
  examples: [{ input: ${inspect(EXAMPLE_INPUTS.delete)}, output: { id: 't1' } }],`,
    run: `async run({ thing_id }, { api }) {
    ${LINK}
    await api.delete(path\`/v1/things/\${thing_id}\`);
    return { id: thing_id };
  },`,
    mapping: '',
  },
};

// The author of a tool with one of these effects decides if the user must confirm each call.
const WITH_CONFIRM: readonly Effect[] = ['create', 'update'];

/**
 * Returns the file of a new tool. The file follows every rule. “To do” marks the texts and the code that the author
 * must write.
 */
export function toolTemplate({ connectorExport, name, effect, isList }: NewTool): string {
  const { imports, schemas, contract, run, mapping } = isList ? LIST : SHAPES[effect];
  const confirm = WITH_CONFIRM.includes(effect)
    ? '\n  confirm: true, // To do: say why the user is asked before each call, or why not.'
    : '';
  const subpath = effect === 'read' ? 'lambda' : 'lambda/write';
  return `import { ${imports} } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/${subpath}';
import * as z from 'zod';
import { ${connectorExport} } from './connector.ts';

${schemas}

export const tool = defineTool({
  connector: ${connectorExport},
  name: '${name}',
  effect: '${effect}',${confirm}
  scopes: ['to-do'],
  description: 'To do: say what ${name} does and when to use it, for the model that chooses it.',
  ${contract}

  ${run}
});
${mapping}
export const handler = createHandler(tool);
`;
}
