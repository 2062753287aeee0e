import { type Dirent, type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join, relative, sep } from 'node:path';

// An editor writes a file in several steps, and a generator several files.
const QUIET_MS = 60;
// Where the system gives no more watchers.
const POLL_MS = 500;

export interface FileWatch {
  close(): Promise<void>;
}

/**
 * Tells which TypeScript files have changed, come or gone, together what came together.
 *
 * Each folder is watched by itself, and an event only says when to scan: of the watchers of whole trees, Node's own loses
 * a file that an editor has put in the place of another, and others lose what comes into a folder that is new.
 * @param folders absolute paths
 * @param changed gets absolute paths; the next is told once it has ended, and what it throws is printed
 */
export function watchFiles(
  folders: readonly string[],
  changed: (files: readonly string[]) => Promise<void>,
): FileWatch {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  let seen = scan();

  function scan(): Map<string, string> {
    const files = new Map<string, string>();
    const found = new Set<string>();
    for (const root of folders) walk(root, root, files, found);
    for (const [folder, watcher] of watchers) {
      if (found.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    return files;
  }

  function walk(root: string, folder: string, files: Map<string, string>, found: Set<string>): void {
    found.add(folder);
    // Before it is read, so that nothing comes into it unseen.
    if (!watchers.has(folder)) startWatching(folder);
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      // Tests run by themselves.
      if (relative(root, path).split(sep)[1] === 'test') continue;
      if (entry.isDirectory()) walk(root, path, files, found);
      else if (path.endsWith('.ts')) files.set(path, stateOf(path));
    }
  }

  function startWatching(folder: string): void {
    const onEvent = () => scanSoon(QUIET_MS);
    try {
      // One that is gone is found to be by the scan at the folder above it.
      watchers.set(folder, watch(folder, onEvent).on('error', onEvent));
    } catch {
      scanSoon(POLL_MS);
    }
  }

  function scanSoon(afterMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = scan();
      const files = [...new Set([...seen.keys(), ...now.keys()])];
      const others = files.filter((file) => seen.get(file) !== now.get(file));
      seen = now;
      if (others.length > 0) last = last.then(() => changed(others)).catch(logError);
    }, afterMs);
  }

  return {
    async close() {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
      await last;
    },
  };
}

function logError(error: unknown): void {
  console.error('A change could not be taken up:', error);
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** What is another once the file has been written; empty where it is gone already. */
function stateOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : '';
}
