import type { APIGatewayProxyEventQueryStringParameters } from 'aws-lambda';
import type { Effect } from '../contract/define-tool.ts';
import { ToolError } from '../errors/tool-error.ts';

/** The properties of a tool that a query can use as a filter. */
export interface SelectableTool {
  name: string;
  /** The name of the tool's connector. */
  connector: string;
  effect: Effect;
}

type Selects = (tool: SelectableTool) => boolean;

/** The reader of each query key. A reader returns the key's filter, or undefined if the value is not allowed. */
const READERS: Readonly<
  Record<string, (value: string, known: readonly SelectableTool[]) => Selects | undefined>
> = {
  connectors: (value, known) => named(value, known, ({ connector }) => connector),
  tools: (value, known) => named(value, known, ({ name }) => name),
  readonly: (value) => {
    if (value === '0') return () => true;
    return value === '1' ? ({ effect }) => effect === 'read' : undefined;
  },
};

/** The error text of each query key, for a value that is not allowed. */
const ISSUES: Readonly<Record<string, (known: readonly SelectableTool[]) => string>> = {
  connectors: (known) => {
    const names = new Set(known.map(({ connector }) => connector));
    return `must be names of connectors with commas between them: ${[...names].join(',')}`;
  },
  tools: () =>
    'must be names of tools with commas between them, such as gmail_list_unread; without a query, GET /tools lists the names',
  readonly: () => 'must be 1 or 0',
};

/**
 * Reads which tools a client wants to list and call. The keys of the query are `connectors`, `tools` and `readonly`. A
 * tool must match all given keys.
 * @param query the query. Any other key is rejected, because a misspelt key would otherwise select every tool
 * @param known all existing tools
 * @throws ToolError `invalid_input`
 */
export function toolSelection(
  query: Readonly<APIGatewayProxyEventQueryStringParameters>,
  known: readonly SelectableTool[],
): Selects {
  const readers = new Map(Object.entries(READERS));
  const filters = Object.entries(query).map(([key, value = '']) => {
    const selects = readers.get(key)?.(value, known);
    if (selects) return selects;
    const issue = new Map(Object.entries(ISSUES)).get(key)?.(known);
    throw new ToolError('invalid_input', {
      message: 'The query of the address does not say which tools are wanted. Correct what details name.',
      details: [
        { path: issue ? key : '', issue: issue ?? 'has a key other than connectors, tools and readonly' },
      ],
    });
  });
  return (tool) => filters.every((selects) => selects(tool));
}

function named(
  value: string,
  known: readonly SelectableTool[],
  nameOf: (tool: SelectableTool) => string,
): Selects | undefined {
  const wanted = value.split(',');
  const areKnown = wanted.every((name) => known.some((tool) => nameOf(tool) === name));
  return areKnown ? (tool) => wanted.includes(nameOf(tool)) : undefined;
}
