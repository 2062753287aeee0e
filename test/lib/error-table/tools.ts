import { type Connector, defineTool, id, path, type Tool } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { readThing } from '../../support/acme.ts';
import { projectConnectors } from '../../support/project-connectors.ts';
import type { Canaries } from './canaries.ts';
import type { ConnectorName, Kind, ToolFault } from './row.ts';

const connectors = (await projectConnectors()).set('acme', readThing.connector);
const NAMES: readonly ConnectorName[] = ['gmail', 'slack', 'github', 'salesforce', 'hubspot', 'acme'];

/** The connectors of this project for which this folder has cases. */
export const CONNECTORS = NAMES.filter((name) => connectors.has(name));

function connectorOf(name: ConnectorName): Connector {
  const connector = connectors.get(name);
  if (!connector) throw new Error(`There is no connector ${name}.`);
  return connector;
}

const input = {
  thing: z.string().max(100).describe('Which thing.'),
  words: z.string().max(100).describe('Words for the thing.'),
};
const Thing = z.object({ id: id() });

/**
 * Returns a tool of a connector. The tool sends one request, and puts its input into every possible part of the
 * request.
 */
export function toolOf(name: ConnectorName, kind: Kind, canaries: Canaries, fault?: ToolFault): Tool {
  const connector = connectorOf(name);
  const common = {
    connector,
    scopes: [`${name}.${kind}`],
    description: 'A tool of this test.',
    examples: [],
    input,
    output: { id: id() },
  };
  const misbehave = (moment: ToolFault, values: object) => {
    if (fault === moment) throw errorWith(canaries, values);
    if (moment === 'throws' && fault === 'throws with a shortened message') {
      throw shortened(errorWith(canaries, values));
    }
  };
  const extra = fault === 'returns what it does not declare' && {
    [canaries.plant('a key of the output')]: 1,
  };

  if (kind === 'read') {
    return defineTool({
      ...common,
      name: `${name}_read_thing`,
      effect: 'read',
      async run({ thing, words }, { api }) {
        misbehave('throws', { thing, words });
        const headers = { 'x-words': words };
        const { body } = await api.get(path`/things/${thing}`, {
          query: { words },
          headers,
          response: Thing,
        });
        misbehave('throws after its call', { thing, words, body });
        return { ...body, ...extra };
      },
    });
  }
  return defineTool({
    ...common,
    name: `${name}_create_thing`,
    effect: 'create',
    confirm: false,
    async run({ thing, words }, { api }) {
      misbehave('throws', { thing, words });
      const headers = { 'x-words': words };
      const json = { words, properties: { last_words: [words] } };
      const query = { q: words };
      const { body } = await api.post(path`/things/${thing}/notes`, {
        json,
        query,
        headers,
        response: Thing,
      });
      misbehave('throws after its call', { thing, words, body });
      return { ...body, ...extra };
    },
  });
}

/**
 * Returns an error like the errors of HTTP libraries: its message, its cause and its members contain the request and
 * the response.
 */
function errorWith(canaries: Canaries, values: object): Error {
  const planted = canaries.plant('the message of an error');
  const frame = `at ${canaries.plant('a line of a message that looks like a frame')} (/var/task/index.js:1:1)`;
  const cause = new Error(canaries.plant('the cause of an error'));
  const error = new Error(`${planted} ${JSON.stringify(values)}\n    ${frame}`, { cause });
  return Object.assign(error, {
    name: `Error of ${canaries.plant('the name of an error')}`,
    code: canaries.plant('the code of an error'),
    response: { data: canaries.plant('the response of an error') },
  });
}

/** Shortens the message of an error. The stack was read before, so it still contains the long message. */
function shortened(error: Error): Error {
  const { stack } = error;
  if (!stack?.includes(error.message)) throw new Error('The stack does not hold the message.');
  return Object.assign(error, { message: error.message.split(' ')[0] });
}
