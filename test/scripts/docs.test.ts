import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MissingCommentsError } from '../../scripts/docs/missing-comments-error.ts';
import { reference } from '../../scripts/docs/reference.ts';
import { copyProject } from '../support/copy-project.ts';

const PROJECT = join(import.meta.dirname, '../..');

describe('the reference of this project', () => {
  let project: Awaited<ReturnType<typeof copyProject>>;
  let made: { code: unknown; output: string };
  beforeAll(async () => {
    project = await copyProject();
    await rm(join(project.copy, 'docs/reference.md'));
    made = await project.run(process.execPath, 'scripts/docs.ts');
  }, 60_000);
  afterAll(() => project.remove());

  const readReference = (folder: string) => readFile(join(folder, 'docs/reference.md'), 'utf8');

  test('is what npm run docs makes, on any machine and in any folder', async () => {
    expect(made).toEqual({ code: 0, output: '' });
    expect(await readReference(PROJECT), 'docs/reference.md is out of date; npm run docs renews it').toBe(
      await readReference(project.copy),
    );
  });

  test('has examples that compile, run as they are, and keep to their contracts', async () => {
    const examples = [...(await readReference(project.copy)).matchAll(/^```ts\n(.*?)^```$/gms)];
    const folder = join(project.copy, 'examples-of-reference');
    await mkdir(folder);
    for (const [index, [, source = '']] of examples.entries())
      await writeFile(join(folder, `example-${index}.ts`), source);
    await writeFile(join(folder, 'all.ts'), USE_ALL);
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../tsconfig.json', include: ['*'] }),
    );

    const compiled = await project.run(join(project.copy, 'node_modules/.bin/tsc'), '-p', folder);
    const { code, output } = await project.run(process.execPath, join(folder, 'all.ts'));

    expect(compiled).toEqual({ code: 0, output: '' });
    expect(code, output).toBe(0);
    const [count, tools = ''] = output.trim().split(' ');
    expect(Number(count)).toBe(examples.length);
    expect(tools.split(',')).toEqual(
      expect.arrayContaining(['acme_get_thing', 'acme_list_things', 'acme_create_thing']),
    );
  }, 60_000);

  test('is not made where something has no comment, and its place is told', async () => {
    const file = join(project.copy, 'lib/lambda.ts');
    const source = await readFile(file, 'utf8');
    await writeFile(file, `${source}\nexport function bare() {}\n`);
    const before = await readReference(project.copy);

    const { code, output } = await project.run(process.execPath, 'scripts/docs.ts');

    const line = source.split('\n').length + 1;
    expect([code, output]).toEqual([1, `lib/lambda.ts:${line} bare has no doc comment. Say what it is.\n`]);
    expect(await readReference(project.copy)).toBe(before);
  }, 60_000);
});

/** Imports each example, which runs it, and holds the examples of its tool to its contract. */
const USE_ALL = `import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Tool } from 'scalekit-lambda-tools';

const files = readdirSync(import.meta.dirname).filter((name) => name.startsWith('example-'));
const modules: { tool?: Tool }[] = await Promise.all(files.map((name) => import(\`./\${name}\`)));
const tools = modules.flatMap(({ tool }) => tool ?? []);
for (const { input, output, examples } of tools) {
  assert.notEqual(examples.length, 0);
  for (const example of examples) {
    assert.deepEqual(input.parse(example.input), example.input);
    assert.deepEqual(output.parse(example.output), example.output);
  }
}
console.log(files.length, tools.map(({ name }) => name).join());
`;

describe('of a package with one file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reference-'));
    await writeFile(join(folder, 'tsconfig.json'), '{"compilerOptions": {"strict": true, "types": []}}');
    await writeFile(join(folder, 'package.json'), '{"name": "acme", "exports": {".": "./index.ts"}}');
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function referenceOf(source: string): Promise<string> {
    await writeFile(join(folder, 'index.ts'), source);
    return reference(folder);
  }

  test('all that has no comment is refused, each with its place', async () => {
    const refused = referenceOf(`export function bare() {}
export type Bare = string;
/** An interface. */
export interface Fields {
  bare: string;
  /** Its parts. */
  parts: {
    /** One of them. */
    described: string;
    bare: string;
  };
}
/** A class. */
export class Made {
  constructor(_name: string) {}
  bare(): void {}
}
/** A class whose parameter nobody describes. */
export class Named {
  /** Makes it. */
  constructor(name: string) {
    console.log(name);
  }
}
/** A function. */
export function act(bare: string, options: Options) {
  return [bare, options];
}
/** What it takes, though nobody can import it. */
interface Options {
  bare?: string;
}
/** A table. */
export const CODES = {
  bare: { status: 400 },
};
`);

    const places = [
      '1 bare',
      '26 act(bare)',
      '31 Options.bare',
      '2 Bare',
      '5 Fields.bare',
      '10 Fields.parts.bare',
      '15 new Made',
      '15 new Made(_name)',
      '16 Made.bare',
      '21 new Named(name)',
      '35 CODES.bare',
    ];
    await expect(refused).rejects.toThrow(
      new MissingCommentsError(places.map((place) => `index.ts:${place}`)),
    );
  });

  test('a signature has what an author needs of its types, and no more', async () => {
    const text = await referenceOf(`
type Name = 'a' | 'b';
type Computed<T> = T extends string ? 1 : 2;
/** What it takes. */
interface Definition<T extends string> {
  /** One or more names. */
  names: readonly Name[];
  /** Runs. */
  run?(input: Computed<T>, at: number): Computed<T>;
}
/**
 * Makes one.
 * @returns its {@link Made}
 * @throws TypeError for what is wrong
 * https://example.com/
 */
export function make<T extends string>(definition: Definition<T>): Made<Computed<T>> {
  return { of: definition };
}
/** What was made. */
export interface Made<T> {
  /** It's \`a|b\`. */
  of: unknown;
  /** @internal */
  hidden?: T;
}
`);

    expect(text).toContain('~~~ts\nfunction make(definition: Definition): Made\n~~~');
    expect(text).toContain("| `names` | `readonly ('a' \\| 'b')[]` | yes | One or more names. |");
    expect(text).toContain('| `run` | `(input, at: number) => …` | no | Runs. |');
    expect(text).toContain('Returns its [`Made`](#made).');
    expect(text).toContain('Throws `TypeError` for what is wrong.\n[Documentation](https://example.com/).\n');
    expect(text).toContain("| `of` | `unknown` | It's `a\\|b`. |");
    expect(text).not.toContain('hidden');
  });
});
