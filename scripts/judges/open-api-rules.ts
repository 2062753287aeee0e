import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Judge } from './judge.ts';
import { projectOpenApi } from './open-api-document.ts';
import { runProgram } from './run-program.ts';

const Results = z.array(
  z.object({
    code: z.union([z.string(), z.number()]),
    path: z.array(z.coerce.string()),
    message: z.string(),
  }),
);

/** Checks the OpenAPI document: https://docs.stoplight.io/docs/spectral/4dec24461f3af-open-api-rules */
export const judgeOpenApi: Judge = async ({ project, packages, folder }) => {
  const document = await projectOpenApi(project, 'https://api.example.org');
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(document));
  await writeFile(join(folder, 'rules.json'), JSON.stringify({ extends: [['spectral:oas', 'all']] }));
  const spectral = join(packages, 'node_modules/.bin/spectral');
  const args = ['lint', 'openapi.json', '--ruleset', 'rules.json', '--format', 'json', '--quiet'];
  const { stdout, stderr } = await runProgram(spectral, args, { cwd: folder });
  if (!stdout.trimStart().startsWith('[')) throw new Error(`Spectral did not run.\n${stderr}${stdout}`);
  return {
    judged: `${Object.keys(document.paths).length} paths, Spectral`,
    findings: Results.parse(JSON.parse(stdout)).map(({ code, path, message }) => ({
      finding: `${code}: ${path.join('.')}`,
      detail: message,
    })),
  };
};
