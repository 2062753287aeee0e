import { relative, sep } from 'node:path';
import { watch } from 'chokidar';

// An editor writes a file in several steps, and a generator several files.
const QUIET_MS = 60;

export interface FileWatch {
  close(): Promise<void>;
}

/**
 * Tells which TypeScript files have changed, come or gone, together what came together.
 * @param folders absolute paths
 * @param changed gets absolute paths; the next is told once it has ended
 */
export async function watchFiles(
  folders: readonly string[],
  changed: (files: readonly string[]) => Promise<void>,
): Promise<FileWatch> {
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();

  const flush = () => {
    const files = [...pending];
    pending.clear();
    last = last.then(() => changed(files));
  };
  const watcher = watch([...folders], {
    ignoreInitial: true,
    ignored: (path, stats) => isIgnored(path, folders) || (stats?.isFile() === true && !path.endsWith('.ts')),
  });
  watcher.on('all', (event, path) => {
    if (event === 'addDir' || event === 'unlinkDir') return;
    pending.add(path);
    clearTimeout(timer);
    timer = setTimeout(flush, QUIET_MS);
  });
  await new Promise<void>((resolve, reject) => {
    watcher.once('ready', resolve);
    watcher.once('error', reject);
  });
  return {
    async close() {
      clearTimeout(timer);
      await watcher.close();
      await last;
    },
  };
}

/** Tests and what was recorded for them: nothing that runs. */
function isIgnored(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const parts = relative(folder, path).split(sep);
    return parts[0] !== '..' && parts[1] === 'test';
  });
}
