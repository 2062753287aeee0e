import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * Imports changed files again, together with the files that import them. Node.js caches a module by its URL.
 * https://nodejs.org/api/module.html#moduleregisterhooksoptions
 */
export class FreshImports {
  readonly #folderUrl: string;
  readonly #versions = new Map<string, number>();
  /** For the URL of each file, the URLs of the files that import it. */
  readonly #importers = new Map<string, Set<string>>();

  /** @param folder an absolute path; files elsewhere are never imported again */
  constructor(folder: string) {
    this.#folderUrl = `${pathToFileURL(folder).href}/`;
    registerHooks({
      resolve: (specifier, context, nextResolve) => {
        this.#note(specifier, context.parentURL);
        const resolved = nextResolve(specifier, context);
        const version = this.#versions.get(resolved.url);
        return version === undefined ? resolved : { ...resolved, url: `${resolved.url}?version=${version}` };
      },
    });
  }

  /** @param files absolute paths of files that were changed, added or removed */
  changed(files: readonly string[]): void {
    const reached = new Set(files.map((file) => pathToFileURL(file).href));
    // Iterating over a set includes the entries added meanwhile.
    for (const url of reached) for (const importer of this.#importers.get(url) ?? []) reached.add(importer);
    for (const url of reached) this.#versions.set(url, (this.#versions.get(url) ?? 1) + 1);
  }

  /** Called before the file is resolved, because it may not exist yet. */
  #note(specifier: string, parentUrl: string | undefined): void {
    const importer = parentUrl?.split('?', 1)[0];
    if (!importer?.startsWith(this.#folderUrl) || !specifier.startsWith('.')) return;
    const imported = new URL(specifier, importer).href;
    const importers = this.#importers.get(imported) ?? new Set();
    this.#importers.set(imported, importers.add(importer));
  }
}
