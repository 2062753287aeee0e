import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { LocalExamples } from '../../local/providers/local-provider.ts';
import { startStack } from '../../local/start-stack.ts';
import type { Finding } from './compare-findings.ts';
import type { Judge } from './judge.ts';
import { localExamples } from './local-examples.ts';
import { projectOpenApi } from './open-api-document.ts';
import { runProgram, runToSuccess } from './run-program.ts';

const USER = 'user_ada';
const Examples = z.record(z.string(), z.object({ value: z.unknown() }));
const ToolPaths = z.record(
  z.string(),
  z.object({
    post: z
      .object({
        requestBody: z.object({
          content: z.object({ 'application/json': z.object({ examples: Examples.default({}) }) }),
        }),
      })
      .optional(),
  }),
);
const Calls = z.array(
  z.object({ path: z.string(), mustSucceed: z.boolean(), status: z.int(), error: z.string().nullable() }),
);
/**
 * The statuses that are allowed for a call with the example input of a contract. Some are errors, because the example
 * may contain IDs that the emulated provider does not have.
 */
const STATUSES_OF_EXAMPLES = new Set([200, 403, 404, 409, 422]);
const FAULT = /^(?<file>\S+)\((?<line>\d+),\d+\): error (?<code>TS\d+): (?<message>.*)$/gm;
const CONFIGURATION = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable'],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: [],
  },
  include: ['*.ts'],
};

/**
 * Checks the OpenAPI document with a client that openapi-typescript generates from it. The calls of all operations'
 * examples must compile. The client also makes these calls to the local stack. If the emulated provider has its own
 * example for an operation, the client calls only that example, and the call must succeed.
 */
export const judgeGeneratedClient: Judge = async ({ project, packages, folder }) => {
  const stack = await startStack({ log: () => {} });
  try {
    const document = await projectOpenApi(project, stack.gateway.url);
    const calls = callsOf(document.paths, localExamples(stack.providers));
    await symlink(join(packages, 'node_modules'), join(folder, 'node_modules'), 'dir');
    const cwd = join(folder, 'client');
    await mkdir(cwd);
    const write = (name: string, content: string) => writeFile(join(cwd, name), content);
    await write('openapi.json', JSON.stringify(document));
    await write('package.json', JSON.stringify({ type: 'module', private: true }));
    await write('tsconfig.json', JSON.stringify(CONFIGURATION));
    await write('client.ts', clientSource(stack.gateway.url, await stack.issuer.sign({ sub: USER }), calls));
    // By default, the generator requires every property that has a default value, although a request may omit it.
    const options = ['--output', 'api.ts', '--default-non-nullable', 'false'];
    await runToSuccess(join(packages, 'node_modules/.bin/openapi-typescript'), ['openapi.json', ...options], {
      cwd,
    });
    const faults = await compile(join(project, 'node_modules/.bin/tsc'), cwd);
    const made = Calls.parse(JSON.parse(await runToSuccess(process.execPath, ['client.ts'], { cwd })));
    return {
      judged: `${made.length} calls of ${Object.keys(document.paths).length} paths, openapi-typescript`,
      findings: [...faults, ...made.flatMap(failureOf)],
    };
  } finally {
    await stack.close();
  }
};

interface ClientCall {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  /** The expected response. `none` means that the call must compile but is not made. */
  expected: 'success' | 'answer' | 'none';
}

function callsOf(paths: object, examples: LocalExamples): ClientCall[] {
  return Object.entries(ToolPaths.parse(paths)).flatMap(([path, { post }]): ClientCall[] => {
    if (!post) return [{ method: 'GET', path, expected: 'success' }];
    const local = examples[path.replace('/tools/', '')];
    const documented = Object.values(post.requestBody.content['application/json'].examples);
    return [
      ...documented.map(
        ({ value }): ClientCall => ({
          method: 'POST',
          path,
          body: value,
          expected: local ? 'none' : 'answer',
        }),
      ),
      ...(local ? [{ method: 'POST', path, body: local, expected: 'success' } as const] : []),
    ];
  });
}

function clientSource(baseUrl: string, token: string, calls: readonly ClientCall[]): string {
  const lines = calls.map(({ method, path, body, expected }, index) => {
    const call = `client.${method}('${path}'${body === undefined ? '' : `, { body: ${JSON.stringify(body)} }`})`;
    return expected === 'none'
      ? `export const unused${index} = () => ${call};`
      : `await made('${path}', ${expected === 'success'}, ${call});`;
  });
  return `import createClient from 'openapi-fetch';
import type { paths } from './api.ts';

declare const console: { log(text: string): void };
const client = createClient<paths>({ baseUrl: '${baseUrl}', headers: { authorization: 'Bearer ${token}' } });
const calls: { path: string; mustSucceed: boolean; status: number; error: string | null }[] = [];
async function made(path: string, mustSucceed: boolean, call: Promise<{ response: Response; error?: unknown }>) {
  const { response, error } = await call;
  const { status } = response;
  calls.push({ path, mustSucceed, status, error: error === undefined ? null : JSON.stringify(error) });
}
${lines.join('\n')}
console.log(JSON.stringify(calls));
`;
}

async function compile(compiler: string, cwd: string): Promise<Finding[]> {
  const { code, stdout } = await runProgram(compiler, ['-p', '.', '--pretty', 'false'], { cwd });
  const faults = [...stdout.matchAll(FAULT)].map(({ groups = {} }) => ({
    finding: `${groups.code}: ${groups.file}`,
    detail: `line ${groups.line}: ${groups.message}`,
  }));
  if (code !== 0 && faults.length === 0) throw new Error(`TypeScript did not run.\n${stdout}`);
  return faults;
}

function failureOf({ path, mustSucceed, status, error }: z.output<typeof Calls>[number]): Finding[] {
  const isRight = mustSucceed ? status === 200 : STATUSES_OF_EXAMPLES.has(status);
  return isRight ? [] : [{ finding: `${status}: ${path}`, detail: error ?? '' }];
}
