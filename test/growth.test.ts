import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitFaults } from './support/template/limit-faults.ts';
import { type Packaged, packageableCopy } from './support/template/package-service.ts';
import { policyFaults } from './support/template/policy-faults.ts';
import { specificationFaults } from './support/template/specification-faults.ts';
import { toolSource } from './support/tool-source.ts';

// docs/runbook.md says that one stack can have this number of tools.
const COUNT = 70;
const TIMEOUT_MS = 300_000;
const NAMES = Array.from({ length: COUNT }, (_, index) => `gmail_get_thing${String(index).padStart(3, '0')}`);

let project: Awaited<ReturnType<typeof packageableCopy>>;
let packaged: Packaged;
beforeAll(async () => {
  project = await packageableCopy();
  const folder = join(project.copy, 'functions');
  await rm(folder, { recursive: true });
  await mkdir(join(folder, 'gmail'), { recursive: true });
  for (const name of NAMES)
    await writeFile(join(folder, name.replace('_', '/').concat('.ts')), toolSource(name));
  packaged = await project.package({ isBundled: false });
}, TIMEOUT_MS);
afterAll(() => project.remove());

test('one stack can contain 70 tools, with a gateway and the permissions of agents', () => {
  const { template, json } = packaged;

  expect(specificationFaults(template)).toEqual([]);
  expect(limitFaults(template, json)).toEqual([]);
  expect(policyFaults(template)).toEqual([]);
  for (const name of NAMES) expect(json).toContain(`POST /tools/${name}`);
});
