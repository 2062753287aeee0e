import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as z from 'zod';
import type { Judge } from './judge.ts';
import { runToSuccess } from './run-program.ts';

// Licences with only one condition: to keep the notice. https://spdx.org/licenses/
const PERMISSIVE = new Set(['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD']);
const LockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      link: z.boolean().default(false),
      dev: z.boolean().default(false),
      devOptional: z.boolean().default(false),
      optional: z.boolean().default(false),
    }),
  ),
});
const License = z.object({
  license: z.object({ id: z.string().optional(), name: z.string().optional() }).optional(),
  expression: z.string().optional(),
});
// https://cyclonedx.org/docs/1.5/json/
const Bom = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string() }) }),
  components: z.array(
    z.looseObject({
      'bom-ref': z.string(),
      name: z.string(),
      version: z.string(),
      licenses: z.array(License).default([]),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
});

/**
 * Checks the licences of all packages that a deployment can contain, and writes the list of these packages (SBOM) to
 * `dist/sbom.cdx.json`.
 */
export const judgeLicences: Judge = async ({ project }) => {
  const lock = LockFile.parse(JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')));
  const deployed = new Set(
    Object.entries(lock.packages)
      // A link leads to a folder of this project. The packages in this folder have their own entries.
      .filter(
        ([path, { dev, devOptional, optional, link }]) => path && !dev && !devOptional && !optional && !link,
      )
      .map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`),
  );
  // We do not pass `--omit dev`. With it, npm also leaves out a deployed package if a development dependency needs the
  // same package.
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const bom = Bom.parse(JSON.parse(await runToSuccess('npm', args, { cwd: project })));
  const root = bom.metadata.component['bom-ref'];
  const components = bom.components.filter(({ name, version }) => deployed.has(`${name}@${version}`));
  const refs = new Set([root, ...components.map((component) => component['bom-ref'])]);
  const dependencies = bom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
  const file = join(project, 'dist/sbom.cdx.json');
  await mkdir(join(project, 'dist'), { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...bom, components, dependencies }, null, 2)}\n`);

  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
  return {
    judged: `${components.length} packages, ${relative(project, file)}`,
    findings: [
      ...components.flatMap(({ name, licenses }) =>
        licenceNames(licenses)
          .filter((licence) => !PERMISSIVE.has(licence))
          .map((licence) => ({ finding: `${licence}: ${name}` })),
      ),
      ...[...deployed]
        .filter((name) => !listed.has(name))
        .map((name) => ({ finding: `missing in the bill: ${name}` })),
    ],
  };
};

/** Returns all licences of a package. https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/ */
function licenceNames(licenses: readonly z.output<typeof License>[]): string[] {
  const names = licenses.map(
    ({ license, expression }) => expression ?? license?.id ?? license?.name ?? 'unknown',
  );
  return names.length > 0
    ? names.flatMap((name) => name.replaceAll(/[()]/g, '').split(' AND '))
    : ['unknown'];
}
