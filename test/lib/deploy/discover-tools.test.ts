import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { discoverTools } from '../../../lib/deploy/discover-tools.ts';

const projectDirectory = join(import.meta.dirname, '../../..');

describe('discoverTools in this project', () => {
  test('finds all tools, each with its file, sorted by name', async () => {
    // Act
    const found = await discoverTools(projectDirectory);

    // Assess
    const names = found.map(({ tool }) => tool.name);
    expect(names).not.toEqual([]);
    expect(names).toEqual(names.toSorted());
  });

  test("finds every tool in its connector's folder, in a file with the tool's name", async () => {
    // Act
    const found = await discoverTools(projectDirectory);

    // Assess
    expect(found.map(({ file }) => file)).toEqual(
      found.map(({ tool: { name, connector } }) => {
        const verbAndObject = name.slice(connector.name.length + 1).replaceAll('_', '-');
        return `functions/${connector.name}/${verbAndObject}.ts`;
      }),
    );
  });
});

describe('discoverTools in another project', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'discover-tools-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  async function write(files: Record<string, string>): Promise<void> {
    for (const [file, source] of Object.entries(files)) {
      await mkdir(dirname(join(directory, file)), { recursive: true });
      await writeFile(join(directory, file), source);
    }
  }

  const lambda = pathToFileURL(join(projectDirectory, 'lib/lambda.ts')).href;
  function tool(name: string): string {
    return `import { createHandler } from '${lambda}';\nexport const tool: { name: string; effect: string } = { name: '${name}', effect: 'read' };\n`;
  }
  const handler = 'export const handler = createHandler(tool);\n';

  test('finds files in nested folders, and skips other files', async () => {
    // Prepare
    await write({
      'functions/b.ts': tool('acme_b') + handler,
      'functions/acme/deep/a.ts': tool('acme_a') + handler,
      'functions/acme/connector.ts': "export const acme = 'acme';\n",
      'functions/acme/notes.md': 'not a module',
      'elsewhere/c.ts': tool('acme_c') + handler,
    });

    // Act
    const found = await discoverTools(directory);

    // Assess
    const exported = { handler: expect.any(Function) };
    expect(found).toEqual([
      { tool: { name: 'acme_a', effect: 'read' }, ...exported, file: 'functions/acme/deep/a.ts' },
      { tool: { name: 'acme_b', effect: 'read' }, ...exported, file: 'functions/b.ts' },
    ]);
  });

  test('returns an empty list for a project without functions', async () => {
    expect(await discoverTools(directory)).toEqual([]);
  });

  test.each([
    ['no handler', ''],
    ['a handler that is not a function', 'export const handler = {};\n'],
  ])('rejects a tool with %s, and the error states the missing code', async (_, source) => {
    // Prepare
    await write({ 'functions/acme/a.ts': tool('acme_a') + source });

    // Act
    const discovery = discoverTools(directory);

    // Assess
    await expect(discovery).rejects.toThrow(
      'functions/acme/a.ts exports a tool but no handler. Add: export const handler = createHandler(tool);',
    );
  });

  test('rejects a handler without a tool, and the error states the missing code', async () => {
    // Prepare
    await write({
      'functions/acme/a.ts': tool('acme_a').replace('export const tool', 'const tool') + handler,
    });

    // Act
    const discovery = discoverTools(directory);

    // Assess
    await expect(discovery).rejects.toThrow(
      'functions/acme/a.ts exports a handler but no tool. Write: export const tool',
    );
  });

  test('rejects a handler that was created from another tool', async () => {
    // Prepare
    const other =
      "const other = { name: 'acme_b', effect: 'read' };\nexport const handler = createHandler(other);\n";
    await write({ 'functions/acme/a.ts': tool('acme_a') + other });

    // Act
    const discovery = discoverTools(directory);

    // Assess
    await expect(discovery).rejects.toThrow('The handler of functions/acme/a.ts is not made from its tool.');
  });

  test('returns an error with the name of the file that cannot be imported', async () => {
    // Prepare
    await write({ 'functions/acme/a.ts': "throw new Error('a mistake');" });

    // Act
    const discovery = discoverTools(directory);

    // Assess
    await expect(discovery).rejects.toThrow('functions/acme/a.ts cannot be imported: a mistake');
  });

  test('rejects two tools with the same name, and the error names both files', async () => {
    // Prepare
    await write({
      'functions/acme/a.ts': tool('acme_a') + handler,
      'functions/acme/b.ts': tool('acme_a') + handler,
    });

    // Act
    const discovery = discoverTools(directory);

    // Assess
    await expect(discovery).rejects.toThrow(
      /^functions\/acme\/[ab]\.ts and functions\/acme\/[ab]\.ts both define acme_a\. Rename one of them\.$/,
    );
  });
});
