import { ASSUMPTIONS, costOf } from './costs.ts';
import { type SubjectName, TOOLS } from './subjects.ts';
import type { Summary } from './summary.ts';

type Summaries = Readonly<Record<SubjectName, Summary>>;

interface Row {
  name: string;
  value(summary: Summary): number;
  show(value: number): string;
  /** The upper limits of our values, as multiples of the baseline's values. */
  atMost?: Partial<Record<Measured['kind'], number>>;
}

/** The measured functions. Each has a baseline for the comparison, a column in a table, and a name in sentences. */
const MEASURED = [
  { kind: 'read', baseline: 'baselineRead', column: 'over HTTP', name: 'read' },
  {
    kind: 'agentCore',
    baseline: 'baselineRead',
    column: 'through AgentCore',
    name: 'read through AgentCore',
  },
  { kind: 'write', baseline: 'baselineWrite', column: 'over HTTP', name: 'write' },
] as const;
type Measured = (typeof MEASURED)[number];

const BYTES_PER_KB = 1_000;
const BYTES_PER_MB = 1_000_000;
const ms = (value: number) => `${value.toFixed(1)} ms`;
const upstream = (counts: Summary['coldUpstream']) => counts.scalekit + counts.aws + counts.issuer;

/** The maximum sizes of bundles, independent of the baseline. */
const BUNDLE_BYTES_MAX = { read: 600_000, write: 900_000 };

function rows(empty: Summary): Row[] {
  return [
    { name: 'ready, above an empty handler', value: (one) => one.readyMs - empty.readyMs, show: ms },
    { name: 'first call', value: (one) => one.firstCallMs, show: ms },
    {
      name: '**cold**: both together',
      value: (one) => one.readyMs - empty.readyMs + one.firstCallMs,
      show: ms,
      atMost: { read: 0.5, agentCore: 0.55 },
    },
    {
      name: '**warm call**, p50',
      value: (one) => one.warmCallMs.p50,
      show: ms,
      atMost: { read: 0.52, write: 0.75 },
    },
    { name: 'warm call, p95', value: (one) => one.warmCallMs.p95, show: ms },
    { name: 'warm call, p99', value: (one) => one.warmCallMs.p99, show: ms },
    {
      name: '**CPU** per warm call',
      value: (one) => one.warmProcessorMs,
      show: (value) => `${value.toFixed(2)} ms`,
      atMost: { read: 0.6, write: 0.95 },
    },
    {
      name: '**resident memory**',
      value: (one) => one.residentBytes,
      show: (value) => `${(value / BYTES_PER_MB).toFixed(0)} MB`,
      atMost: { read: 0.82 },
    },
    { name: 'requests until the first answer', value: (one) => upstream(one.coldUpstream), show: String },
    { name: 'requests of a warm call', value: (one) => upstream(one.warmUpstream), show: String },
    {
      name: 'bundle',
      value: (one) => one.bundleBytes,
      show: (value) => `${(value / BYTES_PER_KB).toFixed(0)} KB`,
    },
    {
      name: 'a million calls',
      value: (one) => costOf(one).total,
      show: (value) => `$${value.toFixed(2)}`,
    },
  ];
}

/** Returns tables in Markdown, with ratios to the baseline. */
export function reportOf(summaries: Summaries): string {
  const { empty } = summaries;
  const { coldShare, memoryMb } = ASSUMPTIONS;
  return [
    `An empty handler is ready after ${ms(empty.readyMs)}, takes ${ms(empty.warmCallMs.p50)} a call, and has ${(empty.residentBytes / BYTES_PER_MB).toFixed(0)} MB resident.`,
    table(`\`${TOOLS.read.name}\` (read)`, 'baselineRead', summaries),
    table(`\`${TOOLS.write.name}\` (write, with its idempotency key)`, 'baselineWrite', summaries),
    `A million calls: ${memoryMb} MB, ${coldShare * 100} % of them cold, Lambda on arm64 in US East, Secrets Manager and DynamoDB; without API Gateway and logs.`,
  ].join('\n\n');
}

function table(title: string, baseline: Measured['baseline'], summaries: Summaries): string {
  const measured = MEASURED.filter((one) => one.baseline === baseline);
  const header = [title, 'baseline', ...measured.flatMap(({ column }) => [column, 'ratio', 'at most'])];
  const body = rows(summaries.empty).map(({ name, value, show, atMost = {} }) => {
    const base = value(summaries[baseline]);
    const cells = measured.flatMap(({ kind }) => {
      const ours = value(summaries[kind]);
      return [show(ours), (ours / base).toFixed(2), atMost[kind]?.toFixed(2) ?? ''];
    });
    return [name, show(base), ...cells];
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...body.map(line)].join('\n');
}

/** Returns a line for each value over its limit. */
export function overLimits(summaries: Summaries): string[] {
  const over = rows(summaries.empty).flatMap(({ name, value, atMost = {} }) =>
    MEASURED.flatMap((measured) => {
      const limit = atMost[measured.kind];
      const ratio = value(summaries[measured.kind]) / value(summaries[measured.baseline]);
      if (limit === undefined || ratio <= limit) return [];
      const what = `${name.replaceAll('*', '')} (${measured.name})`;
      return [`${what}: ${ratio.toFixed(2)} of the baseline, at most ${limit}`];
    }),
  );
  const { read, write } = summaries;
  const sizes = Object.entries({ read, write }) satisfies [string, Summary][];
  const large = sizes.flatMap(([kind, { bundleBytes }]) =>
    bundleBytes > (kind === 'read' ? BUNDLE_BYTES_MAX.read : BUNDLE_BYTES_MAX.write)
      ? [`the bundle of a ${kind}: ${bundleBytes} bytes`]
      : [],
  );
  return [...over, ...large];
}
