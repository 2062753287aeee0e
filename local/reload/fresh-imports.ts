import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * Lets a file be imported anew once it has changed, with all files that import it and no others: Node.js keeps a module
 * for as long as its URL is the same. https://nodejs.org/api/module.html#moduleregisterhooksoptions
 */
export class FreshImports {
  readonly #folderUrl: string;
  readonly #versions = new Map<string, number>();
  /** By the URL of a file, those of the files that import it. */
  readonly #importers = new Map<string, Set<string>>();

  /** @param folder an absolute path; of what lies elsewhere nothing is imported anew */
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

  /** @param files absolute paths; a file that is gone, or was not there before, has changed as well */
  changed(files: readonly string[]): void {
    const reached = new Set(files.map((file) => pathToFileURL(file).href));
    // A set gives what is added to it while it is walked through.
    for (const url of reached) for (const importer of this.#importers.get(url) ?? []) reached.add(importer);
    for (const url of reached) this.#versions.set(url, (this.#versions.get(url) ?? 1) + 1);
  }

  /** Noted before it is resolved, since a file that is not there yet is imported as well. */
  #note(specifier: string, parentUrl: string | undefined): void {
    const importer = parentUrl?.split('?', 1)[0];
    if (!importer?.startsWith(this.#folderUrl) || !specifier.startsWith('.')) return;
    const imported = new URL(specifier, importer).href;
    const importers = this.#importers.get(imported) ?? new Set();
    this.#importers.set(imported, importers.add(importer));
  }
}
