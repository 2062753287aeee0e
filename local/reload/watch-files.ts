import { type Dirent, type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join, relative, sep } from 'node:path';

// Waits this long for more changes, because editors write a file in several steps, and generators write
// several files.
const QUIET_MS = 60;
// The interval at which files are polled if the operating system allows no more watchers.
const POLL_MS = 500;

export interface FileWatch {
  close(): Promise<void>;
}

/**
 * Reports TypeScript files that were changed, added or removed. Changes within a short time are reported
 * together.
 * Each folder is watched separately, and after every event all folders are scanned. A recursive watcher of
 * Node.js misses a file that an editor replaces. A watcher of only one folder misses files in new folders.
 * @param folders absolute paths
 * @param changed called with absolute paths. The next call starts after the previous call has ended. An error
 * of a call is printed.
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
    // Starts watching before the folder is read, so that no change is missed.
    if (!watchers.has(folder)) startWatching(folder);
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      // The test files are left out, because Vitest watches them itself.
      if (relative(root, path).split(sep)[1] === 'test') continue;
      if (entry.isDirectory()) walk(root, path, files, found);
      else if (path.endsWith('.ts')) files.set(path, stateOf(path));
    }
  }

  function startWatching(folder: string): void {
    const onEvent = () => scanSoon(QUIET_MS);
    try {
      // If the folder is deleted, the watcher of its parent folder reports it.
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
  console.error('A change could not be loaded:', error);
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Returns a text that changes whenever the file is written; empty if the file does not exist. */
function stateOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : '';
}
