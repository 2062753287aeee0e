import { once } from 'node:events';
import { createServer } from 'node:net';

// Documents show the default ports, which a running `npm start` may use already.
const SHOWN = /\b127\.0\.0\.1:44(\d\d)\b/g;
const MCP_OVER_HTTP = /\bnpm run (?:-s |--silent )?mcp -- .*--http\b(?!.*--port)/g;
const MCP_OFFSET = 10;
const PORT_COUNT = 40;
// The operating system gives ports above this range to programs that request any free port.
const [LOWEST, HIGHEST] = [12_000, 30_000];

/**
 * Returns the first of many consecutive free ports. There are enough ports for `npm start` and for the commands that
 * run at the same time.
 */
export async function freeFirstPort(): Promise<number> {
  for (;;) {
    const first = LOWEST + Math.floor((Math.random() * (HIGHEST - LOWEST)) / PORT_COUNT) * PORT_COUNT;
    const ports = Array.from({ length: PORT_COUNT }, (_, index) => first + index);
    const areFree = await Promise.all(ports.map(isFree));
    if (areFree.every(Boolean)) return first;
  }
}

/** Replaces the default ports in a document's text with free ports. */
export function withPorts(text: string, firstPort: number): string {
  return text
    .replaceAll(SHOWN, (_, offset) => `127.0.0.1:${firstPort + Number(offset)}`)
    .replaceAll(MCP_OVER_HTTP, (command) => `${command} --port ${firstPort + MCP_OFFSET}`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
