import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { COMPILE_CACHE } from './compile-cache.ts';

/** Runs `npm start` in a copy of the project, on ports that no other stack uses. */
export async function startNpmStart(projectDirectory: string) {
  const firstPort = randomInt(20_000, 30_000);
  let output = '';
  const running = spawn(join(projectDirectory, 'node_modules/.bin/node'), ['local/start.ts'], {
    cwd: projectDirectory,
    env: { PATH: process.env.PATH, PORT: String(firstPort), ...COMPILE_CACHE },
  });
  const ended = once(running, 'close');
  for (const stream of [running.stdout, running.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  await vi.waitFor(() => expect(output).toContain('Ready in'), { timeout: 60_000 });

  if (running.pid === undefined) throw new Error('npm start has no process.');
  return {
    pid: running.pid,
    firstPort,
    /** All output so far. */
    get output() {
      return output;
    },
    /** Returns the URL of a server of the stack. `offset` is the distance of its port from the first port. */
    url: (offset: number) => `http://127.0.0.1:${firstPort + offset}`,
    async stop(): Promise<void> {
      running.kill('SIGINT');
      await ended;
    },
  };
}
