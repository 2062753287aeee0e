import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../..');

export const MANIFEST = join(PROJECT, 'package.json');
/** The place of this project's package.json while npm packs. */
export const OWN_MANIFEST = join(PROJECT, '.package.json.own');

/** Restores this project's package.json, if it was replaced. */
export async function restoreManifest(): Promise<void> {
  if (existsSync(OWN_MANIFEST)) await rename(OWN_MANIFEST, MANIFEST);
}
