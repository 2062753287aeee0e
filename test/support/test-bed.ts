import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as testing from '../../local/testing/test-bed.ts';

export type { TestBed } from '../../local/testing/test-bed.ts';

// The test bed knows the connectors of the project, and the connectors acme and globex, which exist only in tests.
const folders = globSync('functions/*/connector.ts', { cwd: join(import.meta.dirname, '../..') });
const connectors = [...folders.map((file) => basename(dirname(file))), 'acme', 'globex'];

/** Starts a test bed for all tools of the project. */
export function startTestBed(options: { tokenLifetimeSeconds?: number } = {}): Promise<testing.TestBed> {
  return testing.startTestBed({ ...options, connectors });
}
