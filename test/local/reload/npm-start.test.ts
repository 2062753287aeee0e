import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { copyProject } from '../../support/copy-project.ts';
import { startNpmStart } from '../../support/npm-start.ts';

// `npm start` must load a change within this time.
const TAKEN_UP = { timeout: 10_000, interval: 20 };
const Catalogue = z.object({
  tools: z.array(z.object({ name: z.string(), description: z.string() })),
  problems: z.array(z.object({ file: z.string(), message: z.string() })),
  needsRestart: z.array(z.string()),
});

let project: Awaited<ReturnType<typeof copyProject>>;
let running: Awaited<ReturnType<typeof startNpmStart>>;
beforeAll(async () => {
  project = await copyProject();
  await write('functions/broken/tool.ts', 'export const tool = (;');
  running = await startNpmStart(project.copy);
}, 90_000);
afterAll(async () => {
  await running.stop();
  await project.remove();
});

async function catalogue() {
  return Catalogue.parse(await (await fetch(`${running.url(7)}/api/catalogue`)).json());
}

/** Waits until `npm start` has printed a line, which may happen later than the response of the stack. */
async function printed(line: RegExp): Promise<void> {
  await vi.waitFor(() => expect(running.output).toMatch(line), TAKEN_UP);
}

async function description(name: string): Promise<string | undefined> {
  return (await catalogue()).tools.find((tool) => tool.name === name)?.description;
}

async function write(path: string, content: string): Promise<void> {
  const file = join(project.copy, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

async function call(tool: string): Promise<unknown> {
  const token = await (await fetch(`${running.url(2)}/token?sub=user_ada`)).text();
  const response = await fetch(`${running.url(0)}/tools/${tool}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: '{}',
  });
  return response.json();
}

const CONNECTOR = `import { defineConnector } from 'scalekit-lambda-tools';
export const widgets = defineConnector({ name: 'widgets' });
`;
const tool = (
  described: string,
  path = '/things',
) => `import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { widgets } from './connector.ts';
import { UNIT } from './unit.ts';

export const tool = defineTool({
  connector: widgets,
  name: 'widgets_get_count',
  effect: 'read',
  scopes: [],
  description: \`${described} in \${UNIT}.\`,
  output: { count: z.number().describe('How many there are.') },
  examples: [{ input: {}, output: { count: 3 } }],
  async run(_input, { api }) {
    const { body } = await api.get(path\`${path}\`, { response: z.object({ count: z.number() }) });
    return body;
  },
});
export const handler = createHandler(tool);
`;
const provider = (count: number) => `import { createServer } from 'node:http';
import { once } from 'node:events';
export async function start({ port = 0 } = {}) {
  const server = createServer((_request, response) => response.end('{"count": ${count}}')).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    connector: 'widgets',
    url: \`http://127.0.0.1:\${server.address().port}\`,
    grants: [{ identifier: 'user_ada', label: 'Ada', accessToken: 'widgets-ada' }],
    async reset() {},
    async close() { server.close(); server.closeAllConnections(); },
  };
}
`;

describe('npm start', () => {
  test('starts although a file is broken, and reports the file', async () => {
    await printed(/^Not loaded: functions\/broken\/tool\.ts cannot be imported: /m);
    expect((await catalogue()).tools).not.toEqual([]);
    await rm(join(project.copy, 'functions/broken'), { recursive: true });
    await vi.waitFor(async () => expect((await catalogue()).problems).toEqual([]), TAKEN_UP);
  });

  test('loads a new connector with its provider and its tool, and the tool can be called', async () => {
    await write('functions/widgets/local/provider.ts', provider(3));
    await write('functions/widgets/connector.ts', CONNECTOR);
    await write('functions/widgets/unit.ts', "export const UNIT = 'pieces';\n");
    await write('functions/widgets/get-count.ts', tool('Counts the widgets'));

    await vi.waitFor(async () => {
      expect(await description('widgets_get_count')).toBe('Counts the widgets in pieces.');
      expect(await call('widgets_get_count')).toEqual({ count: 3 });
    }, TAKEN_UP);
    await printed(/^Reloaded: .*widgets_get_count/m);
  });

  test('reloads a tool, a file that the tool imports, and a provider, each after a change', async () => {
    await write('functions/widgets/get-count.ts', tool('Counts all widgets'));
    await vi.waitFor(
      async () => expect(await description('widgets_get_count')).toBe('Counts all widgets in pieces.'),
      TAKEN_UP,
    );

    await write('functions/widgets/unit.ts', "export const UNIT = 'dozens';\n");
    await vi.waitFor(
      async () => expect(await description('widgets_get_count')).toBe('Counts all widgets in dozens.'),
      TAKEN_UP,
    );

    await write('functions/widgets/local/provider.ts', provider(4));
    await vi.waitFor(async () => expect(await call('widgets_get_count')).toEqual({ count: 4 }), TAKEN_UP);
  });

  test('shows where a file is broken, and uses the last working version of its tool', async () => {
    await write('functions/widgets/get-count.ts', `${tool('Counts')}\nconst broken = (;\n`);
    await vi.waitFor(async () => {
      const { problems } = await catalogue();
      expect(problems).toEqual([
        {
          file: 'functions/widgets/get-count.ts',
          message: expect.stringMatching(/cannot be imported: .+ \(functions\/widgets\/get-count\.ts:\d+\)$/),
        },
      ]);
    }, TAKEN_UP);

    expect(await call('widgets_get_count')).toEqual({ count: 4 });
    await printed(/^Not loaded: functions\/widgets\/get-count\.ts cannot be imported/m);
  });

  test('reports a tool that breaks a rule, and two tools with the same name', async () => {
    const problems = async () => (await catalogue()).problems.map(({ message }) => message);
    await write('functions/widgets/get-count.ts', tool('Counts').replace('widgets_get_count', 'Wrong'));
    await vi.waitFor(
      async () => expect(await problems()).toEqual([expect.stringContaining('lower snake case')]),
      TAKEN_UP,
    );

    await write('functions/widgets/get-count.ts', tool('Counts'));
    await write('functions/widgets/other.ts', tool('Counts'));
    await vi.waitFor(
      async () =>
        expect(await problems()).toEqual([expect.stringContaining('both define widgets_get_count')]),
      TAKEN_UP,
    );
    await rm(join(project.copy, 'functions/widgets/other.ts'));
  });

  test('reports a provider that does not start, and the tools still work', async () => {
    await write('functions/widgets/local/provider.ts', 'export const start = nothing;\n');
    await vi.waitFor(
      async () =>
        expect((await catalogue()).problems).toEqual([
          expect.objectContaining({ message: expect.stringContaining('nothing is not defined') }),
        ]),
      TAKEN_UP,
    );

    await write('functions/widgets/local/provider.ts', provider(5));
    await vi.waitFor(async () => expect(await call('widgets_get_count')).toEqual({ count: 5 }), TAKEN_UP);
  });

  test('loads files that were fixed, and removes the tools of deleted files', async () => {
    await write('functions/widgets/get-count.ts', tool('Counts again'));
    await vi.waitFor(async () => {
      expect((await catalogue()).problems).toEqual([]);
      expect(await description('widgets_get_count')).toBe('Counts again in dozens.');
    }, TAKEN_UP);

    await rm(join(project.copy, 'functions/widgets'), { recursive: true });
    await vi.waitFor(async () => expect(await description('widgets_get_count')).toBeUndefined(), TAKEN_UP);
    expect(await call('widgets_get_count')).toEqual({ message: 'Not Found' });
  });

  test('reports that a change in lib/ needs a restart', async () => {
    const file = 'lib/text/clean-text.ts';
    await write(file, `${await readFile(join(project.copy, file), 'utf8')}\n`);

    await vi.waitFor(async () => expect((await catalogue()).needsRestart).toEqual([file]), TAKEN_UP);
    await printed(/Restart npm start to use the changes of lib\/text\/clean-text\.ts\.$/m);
  });
});
