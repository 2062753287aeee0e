// Compares the deployed tools with tools that use the whole SDK, or puts them under load. docs/performance.md explains
// how.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { UsageError } from '../local/command-line/usage-error.ts';
import { bundledBaseline, linkRuntimePackages, packagedTools } from './bench/bundles.ts';
import { installRuntimeClient } from './bench/install-runtime-client.ts';
import { interleave, interleaveReport } from './bench/interleave.ts';
import { functionLoad, gatewayLoad } from './bench/load.ts';
import { lateGrowth, loadTable } from './bench/load-report.ts';
import { measure, type Sample } from './bench/measure.ts';
import { type BenchOptions, readBenchOptions } from './bench/read-bench-options.ts';
import { overLimits, reportOf } from './bench/report.ts';
import { startServers } from './bench/servers.ts';
import { type SubjectName, subjectsOf, TOOLS } from './bench/subjects.ts';
import { summaryOf } from './bench/summary.ts';
import { PackagingError } from './build/package-functions.ts';

const PROJECT = join(import.meta.dirname, '..');
const LATENCIES = { internetMs: 20, awsMs: 5 };
const NAMES = ['empty', 'baselineRead', 'read', 'agentCore', 'baselineWrite', 'write'] as const;

const GATEWAY_SHARE_OF_CALLS = 0.1;
const INTERLEAVED = { users: 100, atOnce: 50 };
const COMMANDS = { compare: bench, load, interleave: interleaved };

try {
  const options = readBenchOptions(process.argv.slice(2));
  assertPossible();
  await COMMANDS[options.kind](options);
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof UsageError || error instanceof PackagingError ? error.message : error);
}

function assertPossible(): void {
  if (process.platform !== 'linux') throw new UsageError('The benchmark reads /proc, which only Linux has.');
  for (const { name, module } of Object.values(TOOLS)) {
    if (!existsSync(join(PROJECT, `${module}.ts`)))
      throw new UsageError(`The benchmark measures ${name}, which is not in this project.`);
  }
}

async function load({ calls, filters, json }: BenchOptions): Promise<void> {
  const runtimeClient = await installRuntimeClient(PROJECT);
  const gateway = await gatewayLoad(Math.ceil(calls * GATEWAY_SHARE_OF_CALLS));
  console.log(`${machine()}\n\n${loadTable('gateway of the local stack', gateway)}`);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'bench-')));
  const servers = await startServers({ internetMs: 0, awsMs: 0, filters });
  try {
    const { read } = subjectsOf(await bundlesIn(folder), servers.addresses);
    const rows = await functionLoad(read, { runtimeClient: runtimeClient.script, calls });
    const growth = lateGrowth(rows);
    console.log(`\n${loadTable(`calls of \`${TOOLS.read.name}\``, rows)}`);
    console.log(
      `\nHeap at the end of the calls, compared with their middle: ${(growth * 100).toFixed(1)} % more.`,
    );
    await writeReport(resolve(PROJECT, json), { machine: machine(), gateway, function: rows, growth });
  } finally {
    await servers.stop();
    await rm(folder, { recursive: true });
  }
}

async function interleaved({ calls, json }: BenchOptions): Promise<void> {
  const result = await interleave({ calls, ...INTERLEAVED });
  console.log(`${machine()}\n\n${interleaveReport(result)}`);
  await writeReport(resolve(PROJECT, json), { machine: machine(), ...result });
  const faults = [...result.crossed, ...result.unexplained, ...result.repeated];
  if (faults.length > 0) process.exitCode = 1;
}

function machine(): string {
  const [{ model = 'unknown' } = {}] = cpus();
  const load = loadavg().map((value) => value.toFixed(1));
  return `${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, ${cpus().length} × ${model}, load average ${load.join(', ')}.`;
}

async function bench({ rounds, calls, filters, json }: BenchOptions): Promise<void> {
  const runtimeClient = await installRuntimeClient(PROJECT);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'bench-')));
  const servers = await startServers({ ...LATENCIES, filters });
  try {
    const bundles = await bundlesIn(folder);
    const subjects = subjectsOf(bundles, servers.addresses);
    const samples = Object.fromEntries(NAMES.map((name): [SubjectName, Sample[]] => [name, []]));
    for (let round = 1; round <= rounds; round += 1) {
      process.stderr.write(`\rround ${round} of ${rounds}`);
      // Every second round measures the functions in reverse order, so that slow changes of the machine affect all
      // functions equally.
      for (const name of round % 2 ? NAMES : NAMES.toReversed()) {
        const { script } = runtimeClient;
        const options = { runtimeClient: script, warmCalls: calls, counts: servers.counts };
        samples[name]?.push(await measure(subjects[name], options));
      }
    }
    process.stderr.write('\n');
    const of = (name: SubjectName) =>
      summaryOf(samples[name] ?? [], bundles[name === 'agentCore' ? 'read' : name].bytes);
    const summaries = {
      empty: of('empty'),
      baselineRead: of('baselineRead'),
      read: of('read'),
      agentCore: of('agentCore'),
      baselineWrite: of('baselineWrite'),
      write: of('write'),
    };
    const [{ model = 'unknown' } = {}] = cpus();
    const setup = {
      date: new Date().toISOString().slice(0, 10),
      node: process.version,
      runtimeClient: runtimeClient.description,
      processor: `${cpus().length} × ${model}`,
      rounds,
      warmCalls: calls,
      filters,
      latencies: LATENCIES,
    };
    console.log(`${describe(setup)}\n\n${reportOf(summaries)}`);
    await writeReport(resolve(PROJECT, json), { setup, summaries, samples });
    const over = overLimits(summaries);
    console.log(
      over.length === 0 ? '\nAll within their limits.' : `\nOver their limits:\n${over.join('\n')}`,
    );
  } finally {
    await servers.stop();
    await rm(folder, { recursive: true });
  }
}

async function bundlesIn(folder: string) {
  await linkRuntimePackages(PROJECT, folder);
  const [read, write] = await packagedTools(PROJECT, [TOOLS.read, TOOLS.write], folder);
  if (!read || !write) throw new Error('There are fewer bundles than tools.');
  return {
    read,
    write,
    empty: await bundledBaseline('empty', folder),
    baselineRead: await bundledBaseline('gmail-list-filters', folder),
    baselineWrite: await bundledBaseline('slack-send-message', folder),
  };
}

function describe(setup: {
  date: string;
  node: string;
  runtimeClient: string;
  processor: string;
  rounds: number;
  warmCalls: number;
  filters: number;
}): string {
  const { date, node, runtimeClient, processor, rounds, warmCalls, filters } = setup;
  return `${date}, Node.js ${node}, ${runtimeClient}, ${processor}; medians of ${rounds} environments with ${warmCalls} warm calls each; ${LATENCIES.internetMs} ms to Scalekit and to the issuer, ${LATENCIES.awsMs} ms to AWS; ${filters} filters.`;
}

async function writeReport(file: string, results: object): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\nAll samples: ${relative(process.cwd(), file)}`);
}
