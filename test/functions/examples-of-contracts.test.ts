import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { mcpTool } from '../../lib/schemas/mcp.ts';
import { projectTools } from '../support/project-tools.ts';

const PROJECT = join(import.meta.dirname, '../..');
const SUCH_AS = /such as ([^;)]+?)(?=[;)]|\.(?:\s|$)|$)/g;
const STRING_LITERAL = /'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g;
// An ID, an address or a name such as octocat/Hello-World is a TOKEN with a character of HANDLE. Shorter words are
// ignored, because they occur in any text.
const TOKEN = /[\w.@/+-]{4,}/g;
const HANDLE = /[\d@/]/;
// A date, a time zone or a media type may occur both in an example and in the emulated data.
const COMMON = /^(?:\d{4}-\d\d-\d\d|Europe\/|(?:application|text|image)\/)/;

/** Returns all texts in a JSON value, except the keys. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function handlesOf(text: string): string[] {
  const tokens = (text.match(TOKEN) ?? []).map((token) => token.replace(/[.,]+$/, ''));
  return tokens.filter((token) => HANDLE.test(token) && !COMMON.test(token));
}

/**
 * Returns the IDs, addresses and names in a contract's examples: in example inputs, and after "such as" in
 * descriptions.
 */
function exampleHandles(tool: Tool): string[] {
  const described = textsOf(mcpTool(tool)).flatMap((text) =>
    [...text.matchAll(SUCH_AS)].map(([, example = '']) => example),
  );
  return [...described, ...textsOf(tool.examples)].flatMap(handlesOf);
}

const seeds = globSync('functions/*/local/**/*.ts', { cwd: PROJECT }).flatMap((file) =>
  [...readFileSync(join(PROJECT, file), 'utf8').matchAll(STRING_LITERAL)].flatMap(([, quoted, template]) =>
    handlesOf(quoted ?? template ?? ''),
  ),
);

test('the emulated data and the contracts contain texts that the next tests can compare', () => {
  expect(seeds.length).toBeGreaterThan(0);
  expect(projectTools.flatMap(exampleHandles).length).toBeGreaterThan(0);
});

test.each(projectTools.map((tool) => [tool.name, tool] as const))(
  'no example of %s exists in the emulated data, because an agent could take the example for real data',
  (_, tool) => {
    const known = new Set(seeds);

    const folder = `functions/${tool.connector.name}`;
    expect(
      exampleHandles(tool).filter((handle) => known.has(handle)),
      `Use other values in the examples and descriptions of this contract than in ${folder}/local. If the console needs an input that is answered there, add it to \`examples\` next to \`grants\`.`,
    ).toEqual([]);
  },
);
