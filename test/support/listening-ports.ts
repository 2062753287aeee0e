import { readdir, readFile, readlink } from 'node:fs/promises';

const LISTENING = '0A';

/**
 * Lists the TCP ports on which a process listens.
 * https://docs.kernel.org/networking/proc_net_tcp.html
 * @throws Error on systems without `/proc`
 */
export async function listeningPorts(pid: number): Promise<number[]> {
  const sockets = await socketsOf(pid);
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readTable(`/proc/${pid}/net/${name}`)));
  const ports = tables.flat().flatMap(({ inode, state, port }) => {
    return state === LISTENING && sockets.has(inode) ? [port] : [];
  });
  return [...new Set(ports)].sort((one, other) => one - other);
}

async function socketsOf(pid: number): Promise<ReadonlySet<string>> {
  const folder = `/proc/${pid}/fd`;
  const targets = await Promise.all(
    // Between `readdir` and `readlink`, the process may close a descriptor.
    (await readdir(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => '')),
  );
  return new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
}

async function readTable(file: string) {
  const [, ...rows] = (await readFile(file, 'utf8')).trim().split('\n');
  return rows.map((row) => {
    const columns = row.trim().split(/\s+/);
    const [, address = '', , state, , , , , , inode = ''] = columns;
    return { port: Number.parseInt(address.split(':').at(-1) ?? '', 16), state, inode };
  });
}
