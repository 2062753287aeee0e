import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * Makes Node.js import a changed file again, and also all files that import it. Node.js caches a module by
 * its URL, so a changed file gets a URL with a new version.
 * https://nodejs.org/api/module.html#moduleregisterhooksoptions
 */
export class FreshImports {
  readonly #folderUrl: string;
  readonly #versions = new Map<string, number>();
  /** The key is the URL of a file. The value contains the URLs of the files that import it. */
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
    // This loop adds URLs to the set over which it runs, and also visits the added URLs.
    for (const url of reached) for (const importer of this.#importers.get(url) ?? []) reached.add(importer);
    for (const url of reached) this.#versions.set(url, (this.#versions.get(url) ?? 1) + 1);
  }

  /**
   * Notes that the file at `parentUrl` imports another file. Called before the imported file is resolved,
   * because that file may not exist yet.
   */
  #note(specifier: string, parentUrl: string | undefined): void {
    const importer = parentUrl?.split('?', 1)[0];
    if (!importer?.startsWith(this.#folderUrl) || !specifier.startsWith('.')) return;
    const imported = new URL(specifier, importer).href;
    const importers = this.#importers.get(imported) ?? new Set();
    this.#importers.set(imported, importers.add(importer));
  }
}
