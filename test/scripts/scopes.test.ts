import { describe, expect, test } from 'vitest';
import { SettingsError } from '../../lib/settings/settings-error.ts';
import { readScopesOptions } from '../../scripts/scopes/read-scopes-options.ts';
import { scopesByConnection } from '../../scripts/scopes/scopes-by-connection.ts';
import { createThing, readThing } from '../support/acme.ts';
import { anyList, projectTools } from '../support/project-tools.ts';
import { runScript } from '../support/run-script.ts';

const scopes = (...args: string[]) => runScript('scripts/scopes.ts', ...args);

test('npm run scopes prints one scope on each line, by connection', async () => {
  const { code, stdout, stderr } = await scopes();

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const printed = stdout
    .trimEnd()
    .split('\n\n')
    .map((part) => part.split('\n  '));
  const needed = [...scopesByConnection(projectTools, {})].map(([name, names]) => [name, ...names]);
  expect(printed).toEqual(needed);
  for (const { connector, scopes } of projectTools)
    expect(needed).toContainEqual(expect.arrayContaining([connector.name, ...scopes]));
});

test('npm run scopes prints the scopes as JSON', async () => {
  const { code, stdout, stderr } = await scopes('--json');

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual(Object.fromEntries(scopesByConnection(projectTools, {})));
});

describe('the option --tools', () => {
  const { name, connector } = anyList();

  test.each([
    { globs: name, selected: projectTools.filter((tool) => tool.name === name) },
    {
      globs: `${connector}_*, !${name}`,
      selected: projectTools.filter((tool) => tool.connector.name === connector && tool.name !== name),
    },
  ])('prints only the scopes of $globs', async ({ globs, selected }) => {
    const { code, stdout, stderr } = await scopes('--json', '--tools', globs);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(Object.fromEntries(scopesByConnection(selected, {})));
  });

  test('rejects a glob that matches no tool with an error of one line', async () => {
    expect(await scopes('--tools', 'acme_*')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'No tool name matches acme_*.\n',
    });
  });
});

test('npm run scopes prints its usage in one line', async () => {
  expect(await scopes('--yaml')).toEqual({
    code: 1,
    stdout: '',
    stderr: "Unknown option '--yaml'. Usage: npm run scopes -- [--tools <globs>] [--json]\n",
  });
  expect(() => readScopesOptions(['gmail'])).toThrow('Usage: npm run scopes');
});

describe('scopesByConnection', () => {
  const ofAcme = (...names: string[]) => ({ ...readThing, scopes: names });

  test("merges and sorts the scopes of a connector's tools, without duplicates", () => {
    expect(scopesByConnection([ofAcme('b', 'c'), ofAcme('a', 'b'), createThing], {})).toEqual(
      new Map([['acme', ['a', 'acme.all', 'b', 'c']]]),
    );
  });

  test('uses the name of a connection that a setting defines', () => {
    const variables = { ACME_CONNECTION: 'acme-live', OTHER_CONNECTION: '' };

    const names = [...scopesByConnection([readThing, ...projectTools], variables).keys()];
    expect(names).toEqual(
      expect.arrayContaining(['acme-live', ...projectTools.map(({ connector }) => connector.name)]),
    );
    expect(names).not.toContain('acme');
  });

  test('merges the scopes of connectors that use the same connection', () => {
    const other = { ...ofAcme('a'), connector: { ...readThing.connector, name: 'other' } };

    expect(scopesByConnection([ofAcme('b'), other], { ACME_CONNECTION: 'shared' })).toEqual(
      new Map([['shared', ['a', 'b']]]),
    );
  });

  test('rejects a malformed setting', () => {
    expect(() => scopesByConnection([readThing], { ACME_CONNECTION: 'my acme' })).toThrow(SettingsError);
  });
});
