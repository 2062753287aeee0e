import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../..');

export const MANIFEST = join(PROJECT, 'package.json');
/** Holds this project's own manifest while npm packs. */
export const OWN_MANIFEST = join(PROJECT, '.package.json.own');

/** Puts this project's own manifest back, if it was replaced. */
export async function restoreManifest(): Promise<void> {
  if (existsSync(OWN_MANIFEST)) await rename(OWN_MANIFEST, MANIFEST);
}
