import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { invokeOverApi } from '../../local/lambda/invoke-over-api.ts';
import { listenOnLoopback } from '../../local/listen-on-loopback.ts';
import { PortTakenError } from '../../local/stack-parts.ts';
import { startStack } from '../../local/start-stack.ts';
import { anyList } from '../support/project-tools.ts';

const list = anyList();
const PROJECT = join(import.meta.dirname, '../..');
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/**
 * Returns the first of twenty consecutive free ports. The operating system does not give these ports to other
 * programs by itself.
 */
async function freePorts(): Promise<number> {
  const first = randomInt(20_000, 32_000);
  const ports = Array.from({ length: 20 }, (_, offset) => listenOnLoopback(createServer(), first + offset));
  const settled = await Promise.allSettled(ports);
  const listeners = settled.flatMap((port) => (port.status === 'fulfilled' ? port.value : []));
  await Promise.all(listeners.map((listener) => listener.close()));
  return listeners.length === ports.length ? first : freePorts();
}

describe('startStack', () => {
  test('rejects a request without a token at the gateway, and lets the tool handle a request with a token', async () => {
    const stack = await startStack({ log: () => {} });
    closers.push(stack.close);
    const url = `${stack.gateway.url}/tools/${list.name}`;
    const token = await (await fetch(`${stack.issuer.url}/token?sub=user_ada`)).text();

    const without = await fetch(url, { method: 'POST' });
    const withToken = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` } });

    expect([without.status, await without.json()]).toEqual([401, { message: 'Unauthorized' }]);
    expect([withToken.status, await withToken.json()]).toEqual([
      200,
      expect.objectContaining({ count: expect.any(Number) }),
    ]);
  });

  test('reports a port that is in use, and stops the servers that were already started', async () => {
    const firstPort = await freePorts();
    const taken = await listenOnLoopback(createServer(), firstPort + 5);
    closers.push(taken.close);

    const error = await startStack({ firstPort }).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(PortTakenError);
    expect(error).toMatchObject({
      message: expect.stringMatching(`^Port ${firstPort + 5}, for the [a-z]+, is in use\\.$`),
    });
    const again = await listenOnLoopback(createServer(), firstPort + 2);
    closers.push(again.close);
  });

  test('uses another Scalekit environment if its settings are given', async () => {
    const other = await startStack({ log: () => {} });
    closers.push(other.close);

    const stack = await startStack({ scalekit: other.variables, log: () => {} });
    closers.push(stack.close);

    expect(stack.scalekit).toBeUndefined();
    const token = await stack.issuer.sign({ sub: 'user_ada' });
    const response = await fetch(`${stack.gateway.url}/tools/${list.name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(200);
  });
});

describe('a running stack', () => {
  test('uses the new tools on every surface after `deploy`', async () => {
    const stack = await startStack({ log: () => {} });
    closers.push(stack.close);
    const [kept, ...others] = stack.tools;
    if (!kept) throw new Error('There is no tool.');
    const names = async () => {
      const token = await stack.issuer.sign({ sub: 'user_ada' });
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${stack.gateway.url}/tools`, { headers })).json();
    };

    stack.deploy([kept]);

    expect(await names()).toMatchObject({ tools: [{ name: kept.tool.name }] });
    expect(stack.functions.map(({ functionName }) => functionName)).toEqual([kept.tool.name]);
    expect(stack.catalogue.tools.map(({ definition }) => definition.name)).toEqual([kept.tool.name]);
    const gone = await fetch(`${stack.gateway.url}/tools/${others[0]?.tool.name}`, { method: 'POST' });
    expect(gone.status).toBe(404);
    await expect(invokeOverApi(stack.lambda, others[0]?.tool.name ?? '', {})).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await stack.reloadProviders(), 'none has changed').toEqual([]);
  });

  test('reports why a tool cannot be deployed, and does not replace the earlier tools', async () => {
    const stack = await startStack({ log: () => {} });
    closers.push(stack.close);
    const [shipped] = stack.tools;
    if (!shipped) throw new Error('There is no tool.');
    const broken = { ...shipped, tool: { ...shipped.tool, input: z.strictObject({ at: z.date() }) } };

    expect(stack.faultOf(shipped)).toBeUndefined();
    expect(stack.faultOf(broken)?.message).toMatch(/has no JSON Schema/);
    expect(() => stack.deploy([broken])).toThrow(/has no JSON Schema/);
    expect(stack.tools.length).toBe(stack.functions.length);
    expect(stack.functions.length).toBeGreaterThan(1);
  });

  test('has no providers if it uses a real Scalekit environment', async () => {
    const other = await startStack({ log: () => {} });
    closers.push(other.close);
    const stack = await startStack({ scalekit: other.variables, log: () => {} });
    closers.push(stack.close);

    expect(await stack.reloadProviders()).toEqual([]);
    expect(stack.providers).toEqual([]);
  });
});

/** Sends the request in a printed curl command. The test does not run curl, because some machines do not have it. */
async function paste(line: string): Promise<unknown> {
  const parts = /^curl -s (\S+) -H "authorization: Bearer \$\(curl -s '([^']+)'\)" -d '([^']+)'$/.exec(line);
  const [, url = '', tokenUrl = '', body = ''] = parts ?? [];
  const token = await (await fetch(tokenUrl)).text();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' };
  const response = await fetch(url, { method: 'POST', headers, body });
  return response.json();
}

describe('npm start', () => {
  test('prints a command that calls a tool, and ends after Ctrl-C', async () => {
    const firstPort = await freePorts();
    const stack = spawn(process.execPath, ['local/start.ts'], {
      cwd: PROJECT,
      env: { PATH: process.env.PATH, PORT: String(firstPort) },
    });
    let printed = '';
    stack.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    // Read stderr from the start, because unread output is lost when the process ends.
    const complaints = text(stack.stderr);
    const ended = once(stack, 'exit').then(async () => {
      throw new Error(`npm start ended: ${await complaints}`);
    });
    while (!printed.includes("-d '{}'")) await Promise.race([once(stack.stdout, 'data'), ended]);
    ended.catch(() => undefined);
    const answer = await paste(printed.match(/curl -s \S+\/tools\/.+$/m)?.[0] ?? '');
    stack.kill('SIGINT');
    const [exitCode] = await once(stack, 'close');

    expect(answer).toMatchObject({ count: expect.any(Number) });
    expect(printed).toContain('"message":"call succeeded"');
    expect(printed, 'nothing reads metrics there').not.toContain('"_aws"');
    expect(exitCode).toBe(0);
  });

  test('reports the port of the console and ends, if the port is in use', async () => {
    const firstPort = await freePorts();
    const other = await listenOnLoopback(createServer(), firstPort + 7);
    try {
      const stack = spawn(process.execPath, ['local/start.ts'], {
        cwd: PROJECT,
        env: { PATH: process.env.PATH, PORT: String(firstPort) },
      });
      const [printed, [exitCode]] = await Promise.all([text(stack.stderr), once(stack, 'exit')]);

      expect(printed).toContain(`Port ${firstPort + 7}, for the console, is in use.`);
      expect(printed.trim().split('\n')).toHaveLength(1);
      expect(exitCode).toBe(1);
    } finally {
      await other.close();
    }
  });

  test.each([
    ['PORT', 'abc', 'PORT is malformed', 1],
    ['SCALEKIT_ENV_URL', 'https://acme.scalekit.com', 'SCALEKIT_CLIENT_ID is not set', 3],
  ])(
    'with --live and %s=%s, prints a message that names the setting, and ends',
    async (name, value, message, lines) => {
      const stack = spawn(process.execPath, ['local/start.ts', '--live'], {
        cwd: PROJECT,
        env: {
          PATH: process.env.PATH,
          [name]: value,
          ...(name !== 'PORT' && { PORT: String(await freePorts()) }),
        },
      });

      const [printed, [exitCode]] = await Promise.all([text(stack.stderr), once(stack, 'exit')]);

      expect(printed).toContain(message);
      expect(printed.trim().split('\n')).toHaveLength(lines);
      expect(exitCode).toBe(1);
    },
  );

  test('prints its usage', async () => {
    const stack = spawn(process.execPath, ['local/start.ts', '--real'], { cwd: PROJECT });

    const [printed, [exitCode]] = await Promise.all([text(stack.stderr), once(stack, 'exit')]);

    expect(printed).toBe("Unknown option '--real'. Usage: npm start [-- --live]\n");
    expect(exitCode).toBe(1);
  });
});

describe('npm start with a filled .env', () => {
  let folder: string;
  let environment: Awaited<ReturnType<typeof startStack>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'filled-'));
    environment = await startStack({ log: () => {} });
    const names = ['SCALEKIT_ENV_URL', 'SCALEKIT_CLIENT_ID', 'SCALEKIT_CLIENT_SECRET'];
    const lines = names.map((name) => `${name}=${environment.variables[name]}\n`);
    await writeFile(join(folder, '.env'), lines.join(''));
    return () => Promise.all([environment.close(), rm(folder, { recursive: true })]);
  });

  /**
   * Runs `npm start` until it is ready. Returns what it printed to stdout and to stderr, and the response to a call.
   */
  async function start(...args: string[]) {
    const stack = spawn(process.execPath, [join(PROJECT, 'local/start.ts'), ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, PORT: String(await freePorts()) },
    });
    closers.push(async () => {
      stack.kill('SIGINT');
      await once(stack, 'close');
    });
    let output = '';
    for (const stream of [stack.stdout, stack.stderr])
      stream.on('data', (chunk) => {
        output += chunk;
      });
    await vi.waitFor(() => expect(output).toContain("-d '{}'"), { timeout: 60_000 });
    return { output, answer: await paste(output.match(/curl -s \S+\/tools\/.+$/m)?.[0] ?? '') };
  }
  const proxied = () => environment.scalekit?.requests.filter(({ kind }) => kind === 'proxy').length ?? 0;

  test('does not use the settings, and prints a line that says so', async () => {
    const before = environment.scalekit?.requests.length;

    const { output, answer } = await start();

    expect(output).toContain('in .env are not used without --live.\n');
    expect(output).not.toContain('LIVE');
    expect(output).not.toContain(environment.variables.SCALEKIT_ENV_URL);
    expect(answer).toMatchObject({ count: expect.any(Number) });
    expect(environment.scalekit?.requests.length).toBe(before);
  }, 90_000);

  test('uses the settings with --live, and first prints the URL of the environment', async () => {
    const before = proxied();

    const { output, answer } = await start('--live');

    const url = environment.variables.SCALEKIT_ENV_URL;
    expect(output).toMatch(new RegExp(`^LIVE: calls go to ${url} and use the real accounts`));
    expect(output).toContain(`\nLIVE: this stack uses ${url}. Every call uses real accounts.\n\nReady`);
    expect(answer).toMatchObject({ count: expect.any(Number) });
    expect(proxied()).toBeGreaterThan(before);
  }, 90_000);
});
