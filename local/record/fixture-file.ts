import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { Fixture } from '../testing/fixture-schema.ts';

/**
 * The path of a fixture, for example `functions/gmail/test/fixtures/list-unread.two-pages.json`.
 * @param folder `functions`, relative to the working directory
 * @throws UsageError if the file exists
 */
export function fixtureFile({ name: tool, connector }: Tool, name: string, folder: string): string {
  const verbObject = tool.slice(connector.name.length + 1).replaceAll('_', '-');
  const file = join(folder, connector.name, 'test/fixtures', `${verbObject}.${name}.json`);
  if (existsSync(file)) throw new UsageError(`${file} already exists. Remove it, or choose another name.`);
  return file;
}

export async function writeFixture(file: string, fixture: Fixture): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(fixture, null, 2)}\n`, { flag: 'wx' });
}
