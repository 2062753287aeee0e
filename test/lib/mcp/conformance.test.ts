import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Listener, listenOnLoopback } from '../../../local/listen-on-loopback.ts';
import { startStackForTest } from '../../support/start-stack-for-test.ts';

// package.json pins the version of the suite, because the list of expected failures is for one version only.
const SUITE = fileURLToPath(import.meta.resolve('@modelcontextprotocol/conformance/dist/index.js'));
const FAILURES = join(import.meta.dirname, 'conformance-failures.yml');
const TIMEOUT_MS = 240_000;

let stack: Awaited<ReturnType<typeof startStackForTest>>;
let front: Listener;
let results: string;
beforeAll(async () => {
  stack = await startStackForTest();
  front = await startLoggedIn(`Bearer ${await stack.issuer.sign({ sub: 'user_ada' })}`);
  results = await mkdtemp(join(tmpdir(), 'conformance-'));
});
afterAll(async () => {
  await Promise.all([front.close(), stack.close(), rm(results, { recursive: true })]);
});

/**
 * Starts a proxy in front of the gateway. The suite has no token, so the proxy adds one to each request. It forwards
 * everything else unchanged.
 */
function startLoggedIn(authorization: string): Promise<Listener> {
  const gateway = new URL(stack.gateway.url);
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const asGateway = Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? value.replace(front.url, gateway.origin).replace(new URL(front.url).host, gateway.host)
        : value,
    ]);
    const sent = request(
      gateway,
      { method, path, headers: { ...Object.fromEntries(asGateway), authorization } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(sent);
  });
  return listenOnLoopback(server, 0);
}

test('each expected failure has its own reason', async () => {
  const lines = (await readFile(FAILURES, 'utf8')).split('\n');
  const reasons = lines.flatMap((line, index) => (line.startsWith('  - ') ? [lines[index - 1]] : []));

  expect(reasons.length).toBeGreaterThan(0);
  for (const reason of reasons) expect(reason).toMatch(/^ {2}# .+\.$/);
  expect(new Set(reasons).size).toBe(reasons.length);
});

test.each(['2025-11-25', '2026-07-28'])(
  'the official suite for revision %s finds only the expected failures',
  async (revision) => {
    const { code, stdout } = await runSuite(revision);

    expect(stdout).toContain('tools-list');
    expect(code, stdout).toBe(0);
  },
  TIMEOUT_MS,
);

function runSuite(revision: string) {
  const args = [SUITE, 'server', '--url', `${front.url}/mcp`, '--requirements', revision];
  return new Promise<{ code: unknown; stdout: string }>((resolve) => {
    execFile(
      process.execPath,
      [...args, '--expected-failures', FAILURES, '--output-dir', results],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) => resolve({ code: error?.code ?? 0, stdout }),
    );
  });
}
