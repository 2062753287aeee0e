import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { projectConnectors } from '../support/project-connectors.ts';

// docs/parts.md must contain all of these names. They are the parts in the description of the product.
const PROJECT = join(import.meta.dirname, '../..');
const NAMES: Readonly<Record<string, readonly string[]>> = {
  Tools: ['gmail_list_filters', 'gmail_list_unread', 'slack_send_message'],
  Packages: ['@scalekit-sdk/node', 'zod', '@middy/core', 'aws-lambda', 'esbuild', 'vitest', 'serverless'],
  'Files and folders': [
    'package.json',
    'tsconfig.json',
    'serverless.yml',
    'functions/',
    'lib/',
    'test/',
    'README.md',
  ],
  Middlewares: [
    'validation',
    'connected-account check',
    'error mapping',
    'one cached Scalekit client for each environment',
  ],
  Surfaces: ['Bedrock action groups', 'AgentCore Gateway', 'MCP', 'API Gateway'],
  Commands: ['serverless deploy', 'serverless plan', 'npm run verify'],
};
const FILE = 'docs/parts.md';
const ROW = /^\| (?!name \||---)`?(.+?)`? \| (.+) \| (.+) \|$/gm;
const LINK = /\[[^\]]+\]\(([^)#]+)\)/;

const document = readFileSync(join(PROJECT, FILE), 'utf8');
const rows = document
  .split(/^## /m)
  .slice(1)
  .flatMap((text) => {
    const [section = ''] = text.split('\n');
    return [...text.matchAll(ROW)].map(([, name = '', place = '', shown = '']) => ({
      section,
      name,
      place,
      shown,
    }));
  });
const connectors = await projectConnectors();

/** Returns the path of a cell's link, relative to the project. */
function linkedFile(cell: string): string {
  const [, link = ''] = LINK.exec(cell) ?? [];
  return join(dirname(FILE), link);
}

// A fork may have removed a connector.
const here = rows.filter(({ place }) => {
  const [, connector] = /^functions\/([\w-]+)\//.exec(linkedFile(place)) ?? [];
  return connector === undefined || connectors.has(connector);
});

test('docs/parts.md lists each package, folder, surface and command once, in its section', () => {
  const bySection = Object.groupBy(rows, ({ section }) => section);
  const listed = Object.entries(bySection).map(([section, part = []]) => [
    section,
    part.map(({ name }) => name),
  ]);

  expect(Object.fromEntries(listed)).toEqual(NAMES);
});

describe.each(here)('the row $name of docs/parts.md', ({ place, shown }) => {
  test('links to a file that contains each word in the row', () => {
    const file = join(PROJECT, linkedFile(place));
    const words = [...place.replace(LINK, '').matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);

    expect(existsSync(file)).toBe(true);
    if (statSync(file).isDirectory()) return;
    expect(words).not.toEqual([]);
    const content = readFileSync(file, 'utf8');
    expect(words.filter((word) => !content.includes(word))).toEqual([]);
  });

  test('links to a test that contains each quoted title', () => {
    const file = linkedFile(shown);
    const titles = [...shown.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title);

    expect(file).toMatch(/^(?:functions|test)\/.*\.test\.ts$/);
    const content = readFileSync(join(PROJECT, file), 'utf8');
    expect(titles).not.toEqual([]);
    // In the source of a test, the quotes in its title are escaped.
    expect(titles.filter((title) => !content.replaceAll('\\', '').includes(title))).toEqual([]);
  });
});

test('each package is a dependency of this project', () => {
  const Manifest = z.object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  });
  const { dependencies, devDependencies } = Manifest.parse(
    JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')),
  );
  const names = Object.keys({ ...dependencies, ...devDependencies });

  expect(
    NAMES.Packages?.filter((name) => !names.includes(name) && !names.includes(`@types/${name}`)),
  ).toEqual([]);
});
