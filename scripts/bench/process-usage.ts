import { readdir, readFile, readlink } from 'node:fs/promises';

const NANOSECONDS_PER_MS = 1e6;
const BYTES_PER_KB = 1_024;

/** Returns the CPU time of all threads of a process. https://docs.kernel.org/scheduler/sched-stats.html */
export async function processorTimeMs(processId: number): Promise<number> {
  const tasks = `/proc/${processId}/task`;
  const threads = await readdir(tasks);
  const times = await Promise.all(
    threads.map(async (thread) => {
      const [ran = '0'] = (await readFile(`${tasks}/${thread}/schedstat`, 'utf8')).split(' ');
      return Number(ran);
    }),
  );
  return times.reduce((sum, time) => sum + time, 0) / NANOSECONDS_PER_MS;
}

/** Returns the resident memory of a process. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
export async function residentBytes(processId: number): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, 'utf8');
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  if (kilobytes === undefined) throw new Error(`The process ${processId} has ended.`);
  return Number(kilobytes) * BYTES_PER_KB;
}

/** Returns the number of open sockets of a process. https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html */
export async function openSockets(processId: number): Promise<number> {
  const files = `/proc/${processId}/fd`;
  const targets = await Promise.all(
    // The file may have been closed after it was listed.
    (await readdir(files)).map((file) => readlink(`${files}/${file}`).catch(() => '')),
  );
  return targets.filter((target) => target.startsWith('socket:')).length;
}
